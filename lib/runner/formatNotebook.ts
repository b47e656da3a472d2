import { replaceFile } from "../files";
import { type Cell, isJSONType, isRecord, type Notebook, type Output } from "./notebook";

/**
 * Writes a notebook as Jupyter does (keys sorted, text as lists of lines), by way of a temporary file beside it. Throws
 * Node's error where that does not work, with the file in its text; the old file is then whole.
 */
export function saveNotebook(file: string, notebook: Notebook): void {
  try {
    replaceFile(file, formatNotebook(notebook));
  } catch (error) {
    const { message } = error as Error;
    throw Object.assign(error as Error, { message: `The notebook ${file} could not be written: ${message}` });
  }
}

/** The text of an .ipynb file: nbformat's layout, so that Jupyter saves an unchanged notebook byte for byte the same. */
export function formatNotebook(notebook: Notebook): string {
  return JSON.stringify(sorted({ ...notebook, cells: notebook.cells.map(fromCell) }), null, 1) + "\n";
}

function fromCell(cell: Cell): Record<string, unknown> {
  const { outputs, execution_count, ...common } = { ...cell, source: lines(cell.source) };
  if (cell.cell_type !== "code") return common;
  return { ...common, execution_count, outputs: outputs.map(fromOutput) };
}

function fromOutput(output: Output): Record<string, unknown> {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  if (output.output_type === "error") return { ...output };
  const entries = Object.entries(output.data).map(([mime, value]) => [
    mime,
    typeof value === "string" && !isJSONType(mime) ? lines(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(entries) };
}

function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
