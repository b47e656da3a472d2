import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import {
  createProtocolConnection,
  type Diagnostic,
  DidChangeNotebookDocumentNotification,
  DidOpenNotebookDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  NotebookCellKind,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

/** A language server that runs, and a client on its standard streams, as an editor has it. */
export interface LanguageClient {
  connection: ProtocolConnection;
  initialized: InitializeResult;
  /** The last messages about a document, by its URI. */
  diagnostics: Map<string, Diagnostic[]>;
  /** Opens a notebook of these cells, whose URIs are those of `cellUri`. */
  open(notebook: string, texts: string[]): Promise<void>;
  /** Replaces the text of a cell. */
  change(notebook: string, cell: number, text: string): Promise<void>;
  /** Waits until `test` holds for the messages about a document. */
  told(uri: string, test: (found: Diagnostic[]) => boolean): Promise<Diagnostic[]>;
  /** Ends the server as an editor does; resolves to its exit code. */
  end(): Promise<number | null>;
}

/** The URI of a cell, in the form that VS Code gives it. */
export function cellUri(notebook: string, cell: number): string {
  return `${notebook.replace(/^file:/, "vscode-notebook-cell:")}#W${cell}`;
}

/** Starts the server by the command that editors start, and says hello. */
export async function startLanguageClient(): Promise<LanguageClient> {
  const server = spawn(process.execPath, [join(__dirname, "../../setup.js"), "language-server", "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(server, "exit").then(([code]) => code as number | null);
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin)); // prettier-ignore
  const diagnostics = new Map<string, Diagnostic[]>();
  const waiting = new Set<() => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics: found }) => {
    diagnostics.set(uri, found);
    for (const look of waiting) look();
  });
  connection.listen();
  const initialized = await connection.sendRequest(InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities: {} }); // prettier-ignore
  await connection.sendNotification(InitializedNotification.type, {});
  let version = 0;

  const open: LanguageClient["open"] = (notebook, texts) =>
    connection.sendNotification(DidOpenNotebookDocumentNotification.type, {
      notebookDocument: {
        uri: notebook,
        notebookType: "jupyter-notebook",
        version: ++version,
        cells: texts.map((_, cell) => ({ kind: NotebookCellKind.Code, document: cellUri(notebook, cell) })),
      },
      cellTextDocuments: texts.map((text, cell) => ({ uri: cellUri(notebook, cell), languageId: "typescript", version, text })), // prettier-ignore
    });

  const change: LanguageClient["change"] = (notebook, cell, text) => {
    const document = { uri: cellUri(notebook, cell), version: ++version };
    return connection.sendNotification(DidChangeNotebookDocumentNotification.type, {
      notebookDocument: { uri: notebook, version },
      change: { cells: { textContent: [{ document, changes: [{ text }] }] } },
    });
  };

  const told: LanguageClient["told"] = (uri, test) =>
    new Promise((resolve) => {
      const look = () => {
        const found = diagnostics.get(uri);
        if (!found || !test(found)) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });

  const end = async () => {
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    const code = await exited;
    connection.dispose();
    return code;
  };
  return { connection, initialized, diagnostics, open, change, told, end };
}
