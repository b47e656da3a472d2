import type { ColumnTable } from "arquero";
import { dividedBy } from "./dividedPixels";

const SIDE = 28;
const BRIGHTEST = 255;
/** Rows turned at a time, so that what is written stays in the processor's cache. */
const BLOCK = 64;

/**
 * Turns 784 pixel columns into pictures for a network: [rows, 28, 28, 1], row after row, divided by 255. Filters and
 * orders of the table hold. See `toBytes` for a quarter of the memory.
 *
 * @param pixels - columns pixel1 … pixel784 in this order, without the label
 * @throws TypeError when the table has not 784 columns
 */
export function toImages(pixels: ColumnTable): Float32Array {
  return dividedBy(turn(pixels, "toImages()"), BRIGHTEST).slice();
}

/**
 * Turns 784 pixel columns into pictures of bytes: [rows, 28, 28, 1], row after row. Filters and orders of the table
 * hold. `dividedBy(bytes, 255)` makes a network's fractions of them.
 *
 * @param pixels - columns pixel1 … pixel784 in this order, without the label
 * @throws TypeError when the table has not 784 columns
 */
export function toBytes(pixels: ColumnTable): Uint8Array {
  return turn(pixels, "toBytes()");
}

function turn(pixels: ColumnTable, caller: string): Uint8Array {
  const columns = pixelColumns(pixels, caller);
  const rows = pixels.numRows();
  const bytes = new Uint8Array(rows * columns.length);
  for (let start = 0; start < rows; start += BLOCK)
    columns.forEach((values, column) => {
      const end = Math.min(start + BLOCK, rows);
      for (let row = start; row < end; row++) bytes[row * columns.length + column] = values[row];
    });
  return bytes;
}

function pixelColumns(pixels: ColumnTable, caller: string): Uint8Array[] {
  const names = pixels.columnNames();
  if (names.length !== SIDE * SIDE)
    throw new TypeError(
      `${caller}: got ${names.length} columns, wanted ${SIDE * SIDE} pixels; take the label away with splitColumns()`,
    );
  const isWhole = !pixels.isFiltered() && !pixels.isOrdered();
  return names.map((name) => {
    const column = pixels.column(name);
    return isWhole && column instanceof Uint8Array ? column : (pixels.array(name, Uint8Array) as Uint8Array);
  });
}
