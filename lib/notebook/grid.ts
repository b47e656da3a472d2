import { inWords } from "../text";

/** An arquero table, or anything that answers like one. */
export interface TableLike {
  /** How many rows there are. */
  numRows(): number;
  /** The names of the columns in order. */
  columnNames(): string[];
  /** The value of a column in a row. */
  get(name: string, row: number): unknown;
  /** A column with all its values, where the table can give it. */
  column?(name: string): unknown;
}

/** A small table spelt out, such as the summary of a model. */
export interface Listing {
  columns: string[];
  rows: unknown[][];
}

/** What `table` can show. */
export type Tabular = TableLike | Listing | readonly object[];

/** A table reduced to what it takes to print some of its cells. */
export interface Grid {
  names: string[];
  /** What stands over the columns; default their names. */
  heads?: string[];
  count: number;
  /** What stands below; default how large it is. */
  foot?: string;
  /** The value at a place, both counted from 0. */
  cell(row: number, column: number): unknown;
  /** The kind of a column's values: "uint8" … "float64" for typed arrays, else that of the first value there is. */
  type(column: number): string;
}

/** @throws TypeError when the value is not tabular */
export function toGrid(table: Tabular): Grid {
  if (Array.isArray(table)) return fromObjects(table);
  if (typeof table !== "object" || table === null) throw noTable();
  if ("rows" in table && "columns" in table && Array.isArray(table.rows))
    return typed({
      names: table.columns,
      heads: table.columns.map(inWords),
      count: table.rows.length,
      cell: (row, column) => table.rows[row][column],
    });
  if (!("numRows" in table)) throw noTable();
  const names = table.columnNames();
  const cell = (row: number, column: number) => table.get(names[column], row);
  return typed({ names, count: table.numRows(), cell }, (column) => arrayType(table.column?.(names[column])));
}

function noTable(): TypeError {
  return new TypeError("table(): give an arquero table, an array of objects or { columns, rows }");
}

/** Whether a column of this type holds numbers. */
export function isNumeric(type: string): boolean {
  return /^(number|bigint|u?int\d+|biguint64|bigint64|float\d+)$/.test(type);
}

function fromObjects(rows: Record<string, unknown>[]): Grid {
  if (rows.some((row) => typeof row !== "object" || row === null)) throw noTable();
  const names = [...new Set(rows.slice(0, 100).flatMap((row) => Object.keys(row)))];
  const heads = names.map(inWords);
  return typed({ names, heads, count: rows.length, cell: (row, column) => rows[row][names[column]] });
}

function typed(grid: Omit<Grid, "type">, known: (column: number) => string = () => ""): Grid {
  return { ...grid, type: (column) => known(column) || valueType(grid, column) };
}

function arrayType(column: unknown): string {
  return ArrayBuffer.isView(column) ? column.constructor.name.replace(/(Clamped)?Array$/, "").toLowerCase() : "";
}

const LOOKED_AT = 20;

function valueType({ count, cell }: Omit<Grid, "type">, column: number): string {
  for (let row = 0; row < Math.min(count, LOOKED_AT); row++) {
    const value = cell(row, column);
    if (value === null || value === undefined) continue;
    return value instanceof Date ? "date" : Array.isArray(value) || ArrayBuffer.isView(value) ? "array" : typeof value;
  }
  return "";
}
