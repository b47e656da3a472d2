import type { Cell, Notebook } from "../runner/notebook";

/**
 * The file of a notebook with each text in one piece. nbformat (https://nbformat.readthedocs.io) lets a text be a list of lines,
 * as Jupyter writes it; a Jupyter server joins them, JupyterLite shows a list's commas.
 */
export function joinedTexts(notebook: Notebook): string {
  return JSON.stringify({ ...notebook, cells: notebook.cells.map(fromCell) });
}

function fromCell({ outputs, execution_count, ...cell }: Cell): object {
  return cell.cell_type === "code" ? { ...cell, outputs, execution_count } : cell;
}
