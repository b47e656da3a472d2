import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import {
  type Connection,
  NotebookDocuments,
  TextDocuments,
  type TextDocumentsConfiguration,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Compiler } from "../kernel/compiler/compiler";
import type { CellText } from "../kernel/language/notebookCells";
import { newNotebookLanguage, type NotebookLanguage } from "../kernel/language/notebookLanguage";

/** A notebook that a client has open, or a document of its own, which is a notebook of one cell. Cells are known by their URIs. */
export interface OpenNotebook {
  uri: string;
  language: NotebookLanguage;
  /** The URIs of its code cells, in its order. */
  cells: string[];
}

/** What a client has open. */
export interface OpenNotebooks {
  /** The notebook of a cell, with its present text; undefined where it is not open. */
  of(cell: string): OpenNotebook | undefined;
  /** The notebook of this URI. */
  at(uri: string): OpenNotebook | undefined;
}

/** Who is told of what happens to notebooks. */
export interface NotebookListener {
  /** A notebook was opened, or its text has changed. */
  onChange(uri: string): void;
  /** Cells are gone. */
  onGone(cells: string[]): void;
}

/** The cells that are looked at; the others are of other languages, or text. */
const LANGUAGES = /^(typescript|javascript)/;

/** Keeps what the client has open. A notebook's language service is made when something is asked of it. */
export function newOpenNotebooks(connection: Connection, { onChange, onGone }: NotebookListener): OpenNotebooks {
  const documents: TextDocuments<TextDocument> = new TextDocuments(
    TextDocument as TextDocumentsConfiguration<TextDocument>,
  );
  const notebooks = new NotebookDocuments(TextDocument as TextDocumentsConfiguration<TextDocument>);
  const languages = new Map<string, { language: NotebookLanguage }>();

  const textsOf = (uri: string): CellText[] => {
    const notebook = notebooks.getNotebookDocument(uri);
    const cells = notebook ? notebook.cells.map((cell) => notebooks.getCellTextDocument(cell)) : [documents.get(uri)];
    return cells.flatMap((one) =>
      one && LANGUAGES.test(one.languageId) ? [{ id: one.uri, text: one.getText() }] : [],
    );
  };

  const notebookOf = (cell: string) => notebooks.findNotebookDocumentForCell(cell)?.uri ?? (documents.get(cell) ? cell : undefined); // prettier-ignore

  const at: OpenNotebooks["at"] = (uri) => {
    const texts = textsOf(uri);
    if (texts.length === 0) return undefined;
    const known = languages.get(uri) ?? { language: newNotebookLanguage(ts as unknown as Compiler, folderOf(uri)) };
    languages.set(uri, known);
    known.language.update(texts);
    return { uri, language: known.language, cells: texts.map(({ id }) => id) };
  };

  notebooks.onDidOpen(({ uri }) => onChange(uri));
  notebooks.onDidChange(({ notebookDocument: { uri }, cells }) => {
    onGone(cells?.removed.map(({ document }) => document) ?? []);
    onChange(uri);
  });
  notebooks.onDidClose(({ uri, cells }) => {
    languages.delete(uri);
    onGone(cells.map(({ document }) => document));
  });
  documents.onDidChangeContent(({ document: { uri } }) => onChange(uri));
  documents.onDidClose(({ document: { uri } }) => {
    languages.delete(uri);
    onGone([uri]);
  });
  notebooks.listen(connection);
  documents.listen(connection);
  const of: OpenNotebooks["of"] = (cell) => {
    const uri = notebookOf(cell);
    return uri === undefined ? undefined : at(uri);
  };
  return { of, at };
}

/** Where a notebook's imports begin; for one that is in no file yet, where the server was started. */
function folderOf(uri: string): string {
  const { protocol, pathname } = new URL(uri);
  return protocol === "untitled:" || pathname === "" ? process.cwd() : dirname(fileURLToPath(`file://${pathname}`));
}
