import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  type Connection,
  type InitializeResult,
  LSPErrorCodes,
  type Position,
  ResponseError,
  type TextDocumentPositionParams,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import type { NotebookLanguage } from "../kernel/language/notebookLanguage";
import { newOpenNotebooks } from "./openNotebooks";
import {
  toDiagnostic,
  toHover,
  toItemKind,
  toLocation,
  toMarkup,
  toSignatureHelp,
  toWorkspaceEdit,
} from "./toProtocol";

const PATIENCE = 150; // ms after a change, in which more may come, before messages are sent

/** What the server can do, of version 3.17 of the Language Server Protocol. */
const CAPABILITIES: InitializeResult["capabilities"] = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  notebookDocumentSync: {
    notebookSelector: [
      { notebook: "*", cells: ["typescript", "typescriptreact", "javascript"].map((language) => ({ language })) },
    ],
  },
  completionProvider: { triggerCharacters: [".", "/", '"', "'", "@"], resolveProvider: true },
  hoverProvider: true,
  signatureHelpProvider: { triggerCharacters: ["(", ","], retriggerCharacters: [")"] },
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
};

/** Where a completion was asked for: the item's details are looked up there. */
interface ItemData {
  cell: string;
  position: Position;
  kind: string;
  module?: string;
}

/** Answers a client: over notebooks, cell by cell in their order, and over documents of TypeScript of their own. */
export function startLanguageServer(connection: Connection): void {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const notebooks = newOpenNotebooks(connection, {
    onChange: (uri) => {
      clearTimeout(waiting.get(uri));
      waiting.set(uri, setTimeout(() => sendMessages(uri), PATIENCE)); // prettier-ignore
    },
    onGone: (cells) => {
      for (const uri of cells) void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  });

  const sendMessages = (uri: string) => {
    waiting.delete(uri);
    const notebook = notebooks.at(uri);
    for (const cell of notebook?.cells ?? [])
      void connection.sendDiagnostics({ uri: cell, diagnostics: notebook!.language.messages(cell).map(toDiagnostic) });
  };

  /** Asks the language service of a cell's notebook; null where that is not open. */
  const ask = <Answer>(
    { textDocument: { uri } }: Pick<TextDocumentPositionParams, "textDocument">,
    answer: (language: NotebookLanguage, cell: string) => Answer,
  ) => {
    const notebook = notebooks.of(uri);
    return notebook ? answer(notebook.language, uri) : null;
  };

  const renamed = <Answer>(rename: () => Answer): Answer | ResponseError<void> => {
    try {
      return rename();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return new ResponseError(LSPErrorCodes.RequestFailed, error.message);
    }
  };

  connection.onInitialize(() => ({ capabilities: CAPABILITIES, serverInfo: { name: "atelier" } }));
  connection.onCompletion((asked) =>
    ask(asked, (language, cell) => {
      const { range, items } = language.completions(cell, asked.position);
      const toItem = ({ name, kind, module, isDeprecated }: (typeof items)[number], index: number): CompletionItem => ({
        label: name,
        kind: toItemKind(kind),
        sortText: String(index).padStart(5, "0"),
        textEdit: { range, newText: name },
        ...(isDeprecated && { deprecated: true }),
        ...(module !== undefined && { labelDetails: { description: module } }),
        data: { cell, position: asked.position, kind, module } satisfies ItemData,
      });
      return { isIncomplete: true, items: items.map(toItem) };
    }),
  );
  connection.onCompletionResolve((item) => {
    const { cell, position, kind, module } = item.data as ItemData;
    const found = ask({ textDocument: { uri: cell } }, (language) =>
      language.details(cell, position, { name: item.label, kind, module }),
    );
    const additionalTextEdits = found?.edits.map(({ range, newText }) => ({ range, newText }));
    return { ...item, additionalTextEdits, documentation: toMarkup(found?.markdown ?? "") };
  });
  connection.onHover((asked) =>
    ask(asked, (language, cell) => {
      const found = language.hover(cell, asked.position);
      return found ? toHover(found) : null;
    }),
  );
  connection.onSignatureHelp((asked) =>
    ask(asked, (language, cell) => {
      const found = language.signatures(cell, asked.position);
      return found ? toSignatureHelp(found) : null;
    }),
  );
  connection.onDefinition((asked) =>
    ask(asked, (language, cell) => language.definition(cell, asked.position).map(toLocation)),
  );
  connection.onReferences((asked) =>
    ask(asked, (language, cell) => language.references(cell, asked.position).map(toLocation)),
  );
  connection.onPrepareRename((asked) =>
    ask(asked, (language, cell) => {
      const found = language.renamed(cell, asked.position);
      return found ? { range: { start: found.start, end: found.end }, placeholder: found.name } : null;
    }),
  );
  connection.onRenameRequest((asked) =>
    ask(asked, (language, cell) =>
      renamed(() => toWorkspaceEdit(language.rename(cell, asked.position, asked.newName))),
    ),
  );
  connection.onCodeAction((asked) =>
    ask(asked, (language, cell): CodeAction[] =>
      language.fixes(cell, asked.range).map(({ title, edits, message }) => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [toDiagnostic(message)],
        edit: toWorkspaceEdit(edits),
      })),
    ),
  );
  connection.listen();
}
