import type { CompletionItem } from "./completions";
import type { CellText } from "./notebookCells";
import type { NotebookLanguage } from "./notebookLanguage";
import type { Position, Range } from "./place";

/** What a front end asks the kernel of a notebook: the cells as they are written now, in their order, and what it wants to know. */
export interface LanguageQuestion {
  method: keyof LanguageAnswers;
  cells: CellText[];
  /** The cell that it is about. */
  cell?: string;
  /** The place in it. */
  at?: Position;
  /** For `details`. */
  item?: CompletionItem;
  /** For `rename`. */
  newName?: string;
  /** For `source`: the file of a place. */
  file?: string;
  /** For `fixes`. */
  range?: Range;
}

/** The results by the methods that ask for them. */
export type LanguageAnswers = {
  [Method in Exclude<keyof NotebookLanguage, "update" | "messages">]: ReturnType<NotebookLanguage[Method]>;
} & {
  /** Of all cells, by their ids. */
  messages: Record<string, ReturnType<NotebookLanguage["messages"]>>;
};

/** The reply to a question. */
export type LanguageReply = { status: "ok"; result: unknown } | { status: "error"; ename: string; evalue: string };

/** Answers a question; does not throw. */
export function answerQuestion(language: NotebookLanguage, question: LanguageQuestion): LanguageReply {
  try {
    if (!Array.isArray(question.cells)) throw new RangeError("language_request: cells must be a list of { id, text }");
    language.update(question.cells);
    return { status: "ok", result: resultOf(language, question) };
  } catch (error) {
    const { name, message } = error as Error;
    return { status: "error", ename: name, evalue: message };
  }
}

const START = { line: 0, character: 0 };

function resultOf(language: NotebookLanguage, question: LanguageQuestion): unknown {
  const { method, cells, cell = "", at = START, item, newName = "", range = { start: at, end: at } } = question;
  switch (method) {
    case "messages":
      return Object.fromEntries(cells.map(({ id }) => [id, language.messages(id)]));
    case "details":
      return item && language.details(cell, at, item);
    case "rename":
      return language.rename(cell, at, newName);
    case "fixes":
      return language.fixes(cell, range);
    case "source":
      return language.source(String(question.file));
    case "completions":
    case "signatures":
    case "hover":
    case "definition":
    case "references":
    case "renamed":
      return language[method](cell, at);
    default:
      throw new RangeError(`There is no question "${String(method)}"`);
  }
}
