import { basename } from "path";
import { underlined } from "../kernel/excerpt";
import type { CellDiagnostic } from "./typecheckCells";

/**
 * A mistake in a cell for people: the notebook, the cell by its number and its id, line and column, TypeScript's number and
 * words, and the line with a caret under what is meant.
 */
export function formatDiagnostic({ file, cell, id, line, column, width, text, code, message }: CellDiagnostic): string {
  const kind = code === undefined ? "error" : `error TS${code}`;
  const name = basename(file);
  if (cell === 0) return `${name} - ${kind}: ${message}`;
  const marked = underlined(text, column - 1, column - 1 + width);
  return [`${name} cell ${cell} (${id}) ${line}:${column} - ${kind}: ${message}`, ...marked].join("\n");
}
