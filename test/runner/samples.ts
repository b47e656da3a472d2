import type { Cell } from "../../lib/runner/notebook";
import { formatNotebook } from "../../lib/runner/formatNotebook";
import type { Notebook } from "../../lib/runner/notebook";

/** A code cell with tags. */
export function code(source: string, ...tags: string[]): Cell {
  const metadata = tags.length > 0 ? { tags } : {};
  return { cell_type: "code", id: "", source, metadata, outputs: [], execution_count: null };
}

/** A Markdown cell. */
export function prose(source: string): Cell {
  return { cell_type: "markdown", id: "", source, metadata: {}, outputs: [], execution_count: null };
}

/** A notebook of these cells, named `c1`, `c2` and so on where they have no name. */
export function notebookOf(...cells: Cell[]): Notebook {
  const named = cells.map((cell, index) => ({ ...cell, id: cell.id || `c${index + 1}` }));
  return { cells: named, metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

/** The text of a notebook's file, changed as an object on the way. */
export function notebookText(notebook: Notebook, change: (json: Record<string, unknown>) => void = () => {}): string {
  const json = JSON.parse(formatNotebook(notebook));
  change(json);
  return JSON.stringify(json);
}
