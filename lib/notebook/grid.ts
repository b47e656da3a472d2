/** An arquero table, or anything that answers like one. */
export interface TableLike {
  numRows(): number;
  columnNames(): string[];
  get(name: string, row: number): unknown;
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
  count: number;
  cell(row: number, column: number): unknown;
}

/** @throws TypeError when the value is not tabular */
export function toGrid(table: Tabular): Grid {
  if (Array.isArray(table)) return fromObjects(table);
  if ("rows" in table && "columns" in table && Array.isArray(table.rows))
    return { names: table.columns, count: table.rows.length, cell: (row, column) => table.rows[row][column] };
  if (!("numRows" in table))
    throw new TypeError("table(): give an arquero table, an array of objects or { columns, rows }");
  const names = table.columnNames();
  return { names, count: table.numRows(), cell: (row, column) => table.get(names[column], row) };
}

function fromObjects(rows: Record<string, unknown>[]): Grid {
  const names = [...new Set(rows.slice(0, 100).flatMap((row) => Object.keys(row)))];
  return { names, count: rows.length, cell: (row, column) => rows[row][names[column]] };
}
