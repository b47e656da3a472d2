import { type Cell, hasTag, type Notebook } from "./notebook";
import { ownSettings } from "./ownSettings";

/** Whether an error of a cell is part of the lesson: its own tag says so, or the whole notebook. */
export function mayFail(notebook: Notebook, cell: Cell): boolean {
  return hasTag(cell, "raises-exception") || ownSettings(notebook).allowErrors;
}

/** The error a cell shows in one line: its name and the first line of its text; nothing where it shows none. */
export function errorLine({ outputs }: Cell): string {
  const error = outputs.find((output) => output.output_type === "error");
  return error?.output_type === "error" ? `${error.ename}: ${error.evalue.split("\n")[0]}` : "";
}

/** The cells that show an error which is not part of the lesson. */
export function failedCells(notebook: Notebook): Cell[] {
  const hasError = ({ outputs }: Cell) => outputs.some(({ output_type }) => output_type === "error");
  return notebook.cells.filter((cell) => hasError(cell) && !mayFail(notebook, cell));
}
