import { takeRows } from "../data/takeRows";

/** Vectors that stand for images, row by row. */
export interface Embeddings {
  /** [count, length] */
  vectors: Float32Array;
  /** Numbers in one vector. */
  length: number;
}

/** The vectors of these rows, in their order: [rows.length, length]. */
export function gatherRows({ vectors, length }: Embeddings, rows: ArrayLike<number>): Float32Array {
  const count = vectors.length / length;
  for (let i = 0; i < rows.length; i++)
    if (!(rows[i] >= 0 && rows[i] < count))
      throw new RangeError(`gatherRows(): there is no row ${rows[i]}; the rows run to ${count - 1}`);
  return takeRows(vectors, length, rows);
}

/** Share of vectors whose largest number is above a threshold. */
export function shareAbove({ vectors, length }: Embeddings, threshold: number): number {
  const count = vectors.length / length;
  let above = 0;
  for (let row = 0; row < count; row++)
    if (vectors.subarray(row * length, (row + 1) * length).some((value) => value > threshold)) above++;
  return above / count;
}

/** The same vectors, each of Euclidean length 1, so that none counts for more than another; zeros stay zeros. */
export function toUnitLength({ vectors, length }: Embeddings): Embeddings {
  const scaled = new Float32Array(vectors.length);
  for (let start = 0; start < vectors.length; start += length) {
    let squares = 0;
    for (let i = start; i < start + length; i++) squares += vectors[i] * vectors[i];
    const norm = Math.sqrt(squares) || 1;
    for (let i = start; i < start + length; i++) scaled[i] = vectors[i] / norm;
  }
  return { vectors: scaled, length };
}
