import { type ColumnTable, table } from "arquero";
import type { ImageSet } from "./imageSet";

/** Rows turned at a time: a block of 64 x 784 bytes stays in the processor's cache. */
const BLOCK = 64;

/**
 * The images as a table of one row each, with the columns `label, pixel1 … pixel784` of Kaggle's CSV files. Every
 * column is a Uint8Array; the pixels are one copy of the images, turned so that each column lies in one piece.
 */
export function toTable({ images, labels, count }: ImageSet): ColumnTable {
  const pixels = transpose(images, count);
  const width = images.length / count;
  const columns: Record<string, Uint8Array> = { label: labels };
  for (let i = 0; i < width; i++) columns[`pixel${i + 1}`] = pixels.subarray(i * count, (i + 1) * count);
  return table(columns);
}

/** Turns [rows, columns] into [columns, rows]. */
function transpose(values: Uint8Array, rows: number): Uint8Array {
  const columns = values.length / rows;
  const turned = new Uint8Array(values.length);
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(start + BLOCK, rows);
    for (let column = 0; column < columns; column++)
      for (let row = start; row < end; row++) turned[column * rows + row] = values[row * columns + column];
  }
  return turned;
}
