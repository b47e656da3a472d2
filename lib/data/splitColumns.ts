import { type ColumnTable, not } from "arquero";

/** What the classifier sees, and what it has to say. */
export interface SplitColumns {
  /** The table without its label column. */
  pixels: ColumnTable;
  /** [rows] the label column. */
  labels: Uint8Array;
}

/**
 * Splits the table of images into the pixel columns (x) and the label column (y). Filters and orders of the table hold.
 *
 * @throws TypeError when the table has no column `label`
 */
export function splitColumns(table: ColumnTable): SplitColumns {
  if (table.columnIndex("label") < 0)
    throw new TypeError(
      `splitColumns(): the table has the columns ${table.columnNames().slice(0, 3).join(", ")} …, wanted one named label; make the table with toTable()`,
    );
  return { pixels: table.select(not("label")), labels: table.array("label", Uint8Array) as Uint8Array };
}
