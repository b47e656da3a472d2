import { type Cell, hasTag, type Notebook } from "./notebook";
import { ownSettings } from "./ownSettings";

/** Whether an error of a cell is part of the lesson: its own tag says so, or the whole notebook. */
export function mayFail(notebook: Notebook, cell: Cell): boolean {
  return hasTag(cell, "raises-exception") || ownSettings(notebook).allowErrors;
}

/** The cells that show an error which is not part of the lesson. */
export function failedCells(notebook: Notebook): Cell[] {
  const hasError = ({ outputs }: Cell) => outputs.some(({ output_type }) => output_type === "error");
  return notebook.cells.filter((cell) => hasError(cell) && !mayFail(notebook, cell));
}
