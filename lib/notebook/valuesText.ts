import type { Numbers } from "./summarizeNumbers";

const EDGE = 3; // rows and columns of a matrix shown at either end
const [FIRST, LAST] = [10, 3]; // values of a list
const LEFT_OUT = -1;

/** The first and the last of many values: a matrix in rows, anything else in one line. */
export function valuesText(values: Numbers | ArrayLike<string>, shape: number[]): string {
  if (values.length === 0) return "[]";
  if (shape.length === 0) return cell(values[0]);
  return shape.length === 2 ? matrixText(values, shape) : listText(values);
}

/** A number in at most four digits that count. */
export function shortNumber(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
}

function listText(values: ArrayLike<unknown>): string {
  const cells = ends(values.length, FIRST, LAST).map((at) => (at === LEFT_OUT ? "…" : cell(values[at])));
  return `[${cells.join(", ")}]`;
}

function matrixText(values: ArrayLike<unknown>, [rows, columns]: number[]): string {
  const across = ends(columns, EDGE, EDGE);
  const lines = ends(rows, EDGE, EDGE).map((row) =>
    across.map((column) => (row === LEFT_OUT || column === LEFT_OUT ? "…" : cell(values[row * columns + column]))),
  );
  const widths = across.map((_, index) => Math.max(...lines.map((line) => line[index].length)));
  return lines.map((line) => line.map((text, index) => text.padStart(widths[index])).join("  ")).join("\n");
}

/** All places, or the first and the last ones with a mark between. */
function ends(count: number, first: number, last: number): number[] {
  if (count <= first + last) return Array.from({ length: count }, (_, at) => at);
  return Array.from({ length: first + 1 + last }, (_, at) =>
    at < first ? at : at === first ? LEFT_OUT : count - first - 1 - last + at,
  );
}

function cell(value: unknown): string {
  return typeof value === "number"
    ? shortNumber(value)
    : typeof value === "string"
      ? JSON.stringify(value)
      : String(value);
}
