import { escapeHTML } from "../text";
import { cellText } from "./cellText";
import { display, type Bundle } from "./display";
import { isNumeric, toGrid, type Grid, type Tabular } from "./grid";

/** Options of `table`. */
export interface TableOptions {
  /** How many rows to show at most, the first and the last ones; default 10. */
  rows?: number;
  /** How many columns to show at most, the first and the last ones; default 10. */
  columns?: number;
}

/**
 * Shows a table: column names and types, first and last rows, how large it is. Only the cells shown are read.
 *
 * @throws TypeError when the value is neither a table nor an array of objects nor `{ columns, rows }`
 */
export function table(data: Tabular, options: TableOptions = {}): void {
  display(gridBundle(toGrid(data), options));
}

/**
 * The same as HTML and as text.
 *
 * @internal
 */
export function gridBundle(grid: Grid, { rows = 10, columns = 10 }: TableOptions = {}): Bundle {
  const shown = { rows: ends(grid.count, rows), columns: ends(grid.names.length, columns) };
  return { "text/html": toHTML(grid, shown), "text/plain": toText(grid, shown) };
}

/** Indices to show; -1 stands for what is left out. */
interface Shown {
  rows: number[];
  columns: number[];
}

const LEFT_OUT = -1;

/** All of 0 … count - 1, or the first two thirds and the last third of `most`, with a mark between. */
function ends(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  const tail = Math.floor(most / 3);
  const head = most - tail;
  return Array.from({ length: most + 1 }, (_, i) => (i < head ? i : i === head ? LEFT_OUT : count - most - 1 + i));
}

function toHTML(grid: Grid, shown: Shown): string {
  const heads = shown.columns.map((column) => (column === LEFT_OUT ? "…" : headOf(grid, column)));
  const align = shown.columns.map((column) => (column !== LEFT_OUT && isNumeric(grid.type(column)) ? "right" : "left"));
  const row = (cells: string[], tag: "td" | "th") =>
    `<tr>${cells.map((cell, index) => `<${tag} style="text-align:${align[index]}">${cell}</${tag}>`).join("")}</tr>`;
  const body = shown.rows.map((at) => row(cellsOf(grid, at, shown.columns).map(escapeHTML), "td"));
  return (
    `<div class="atelier-table" style="overflow-x:auto">${STYLE}<table><thead>${row(heads, "th")}</thead>` +
    `<tbody>${body.join("")}</tbody></table><small>${sizeOf(grid)}</small></div>`
  );
}

/** Name over type, in elements that survive where a notebook's styles are taken out. */
function headOf(grid: Grid, column: number): string {
  return `${escapeHTML(grid.names[column])}<br/><small style="font-weight:normal">${grid.type(column)}</small>`;
}

const STYLE =
  "<style>.atelier-table{font:13px system-ui,sans-serif}" +
  ".atelier-table table{border-collapse:collapse;border:0;color:inherit;font-variant-numeric:tabular-nums}" +
  ".atelier-table tr{background:none!important}" +
  ".atelier-table th,.atelier-table td{padding:3px 11px;border:0;white-space:nowrap}" +
  ".atelier-table th{font-weight:600;vertical-align:top;border-bottom:1px solid rgba(128,137,150,.5)}" +
  ".atelier-table td{border-bottom:1px solid rgba(128,137,150,.16)}" +
  ".atelier-table small{font-size:11px;opacity:.65}.atelier-table table+small{display:block;padding:5px 11px}</style>";

function toText(grid: Grid, shown: Shown): string {
  const names = shown.columns.map((column) => (column === LEFT_OUT ? "…" : grid.names[column]));
  const lines = [names, ...shown.rows.map((row) => cellsOf(grid, row, shown.columns))];
  const widths = names.map((_, index) => Math.max(...lines.map((line) => line[index].length)));
  const numeric = shown.columns.map((column) => column !== LEFT_OUT && isNumeric(grid.type(column)));
  const padded = lines.map((line) =>
    line
      .map((cell, index) => (numeric[index] ? cell.padStart(widths[index]) : cell.padEnd(widths[index])))
      .join("  ")
      .trimEnd(),
  );
  return [...padded, sizeOf(grid)].join("\n");
}

function cellsOf(grid: Grid, row: number, columns: number[]): string[] {
  return columns.map((column) => (row === LEFT_OUT || column === LEFT_OUT ? "…" : cellText(grid.cell(row, column))));
}

function sizeOf({ count, names }: Grid): string {
  return `${count.toLocaleString("en")} rows × ${names.length.toLocaleString("en")} columns`;
}
