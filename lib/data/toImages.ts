import type { ColumnTable } from "arquero";

const SIDE = 28;
const BRIGHTEST = 255;
/** Rows turned at a time, so that what is written stays in the processor's cache. */
const BLOCK = 64;

/**
 * Turns 784 pixel columns into pictures for a network: [rows, 28, 28, 1], row after row, divided by 255. Filters and
 * orders of the table hold.
 *
 * @param pixels - columns pixel1 … pixel784 in this order, without the label
 * @throws TypeError when the table has not 784 columns
 */
export function toImages(pixels: ColumnTable): Float32Array {
  const columns = pixelColumns(pixels);
  const rows = pixels.numRows();
  const images = new Float32Array(rows * columns.length);
  for (let start = 0; start < rows; start += BLOCK)
    columns.forEach((values, column) => {
      const end = Math.min(start + BLOCK, rows);
      for (let row = start; row < end; row++) images[row * columns.length + column] = values[row] / BRIGHTEST;
    });
  return images;
}

function pixelColumns(pixels: ColumnTable): Uint8Array[] {
  const names = pixels.columnNames();
  if (names.length !== SIDE * SIDE)
    throw new TypeError(
      `toImages(): got ${names.length} columns, wanted ${SIDE * SIDE} pixels; take the label away with splitColumns()`,
    );
  const isWhole = !pixels.isFiltered() && !pixels.isOrdered();
  return names.map((name) => {
    const column = pixels.column(name);
    return isWhole && column instanceof Uint8Array ? column : (pixels.array(name, Uint8Array) as Uint8Array);
  });
}
