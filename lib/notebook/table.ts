import { counted, escapeHTML } from "../text";
import { areNumbers, columnTexts } from "./columnTexts";
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
 * Shows a table: column names and types, first and last rows, how large it is. Only the cells shown are read. The numbers
 * of a column have the same number of digits after the point, four that count in the largest of them; fractions with up
 * to three digits are shown as they are. Names of objects' properties become words.
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
  const places = { rows: ends(grid.count, rows), columns: ends(grid.names.length, columns) };
  const shown = places.columns.map((column) => readColumn(grid, column, places.rows));
  return { "text/html": toHTML(grid, shown), "text/plain": toText(grid, shown) };
}

/** A column as it is shown. */
interface Column {
  head: string;
  type: string;
  cells: string[];
  /** Whether it is set right, as numbers are. */
  right: boolean;
}

const LEFT_OUT = -1; // stands for the rows or columns between the first and the last ones

function readColumn(grid: Grid, column: number, rows: number[]): Column {
  if (column === LEFT_OUT) return { head: "…", type: "", cells: rows.map(() => "…"), right: false };
  const texts = columnTexts(rows.filter((row) => row !== LEFT_OUT).map((row) => grid.cell(row, column)));
  const type = grid.type(column);
  const cells = rows.map((row) => (row === LEFT_OUT ? "…" : (texts.shift() ?? "")));
  return { head: (grid.heads ?? grid.names)[column], type, cells, right: isNumeric(type) || areNumbers(cells) };
}

/** All of 0 … count - 1, or the first two thirds and the last third of `most`, with a mark between. */
function ends(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  const tail = Math.floor(most / 3);
  const head = most - tail;
  return Array.from({ length: most + 1 }, (_, i) => (i < head ? i : i === head ? LEFT_OUT : count - most - 1 + i));
}

function toHTML(grid: Grid, shown: Column[]): string {
  const row = (cells: string[], tag: "td" | "th") =>
    `<tr>${cells.map((cell, at) => `<${tag} style="text-align:${shown[at].right ? "right" : "left"}">${cell}</${tag}>`).join("")}</tr>`;
  const rows = shown.length === 0 ? [] : shown[0].cells.map((_, at) => shown.map(({ cells }) => escapeHTML(cells[at])));
  const body = rows.map((cells) => row(cells, "td"));
  return (
    `<div class="atelier-table" style="overflow-x:auto">${STYLE}<table><thead>${row(shown.map(headOf), "th")}</thead>` +
    `<tbody>${body.join("")}</tbody></table><small>${escapeHTML(footOf(grid))}</small></div>`
  );
}

/** Name over type, in elements that survive where a notebook's styles are taken out. */
function headOf({ head, type }: Column): string {
  const name = escapeHTML(head);
  return type ? `${name}<br/><small style="font-weight:normal">${type}</small>` : name;
}

const STYLE =
  "<style>.atelier-table{font:13px system-ui,sans-serif}" +
  ".atelier-table table{border-collapse:collapse;border:0;color:inherit;font-variant-numeric:tabular-nums}" +
  ".atelier-table tr{background:none!important}" +
  ".atelier-table th,.atelier-table td{padding:3px 11px;border:0;white-space:nowrap}" +
  ".atelier-table th{font-weight:600;vertical-align:top;border-bottom:1px solid rgba(128,137,150,.5)}" +
  ".atelier-table td{border-bottom:1px solid rgba(128,137,150,.16)}" +
  ".atelier-table small{font-size:12px;opacity:.75}.atelier-table table+small{display:block;padding:5px 11px}</style>";

function toText(grid: Grid, shown: Column[]): string {
  const padded = shown.map(({ head, cells, right }) => {
    const width = Math.max(head.length, ...cells.map((cell) => cell.length));
    return [head, ...cells].map((cell) => (right ? cell.padStart(width) : cell.padEnd(width)));
  });
  const lines = (padded[0] ?? []).map((_, at) =>
    padded
      .map((column) => column[at])
      .join("  ")
      .trimEnd(),
  );
  return [...lines, footOf(grid)].join("\n");
}

function footOf({ count, names, foot }: Grid): string {
  return foot ?? `${counted(count, "row")} × ${counted(names.length, "column")}`;
}
