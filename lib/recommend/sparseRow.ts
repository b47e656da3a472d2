import { checkFinite, checkIndices } from "./coo";
import type { Csr } from "./csr";

/** The features of one user or item: columns and, beside each, its weight. */
export interface SparseRow {
  readonly indices: ArrayLike<number>;
  /** Default 1 each. */
  readonly values?: ArrayLike<number>;
}

/** A row as a matrix of its own, shape [1, columns]; throws a RangeError for a column or a weight that cannot be. */
export function rowToCsr({ indices, values }: SparseRow, columns: number, call: string): Csr {
  checkIndices(indices, columns, `${call}: feature`);
  if (values && values.length !== indices.length)
    throw new TypeError(`${call}: ${indices.length} features and ${values.length} weights; give one of each`);
  if (values) checkFinite(values, `${call}: weight`);
  return {
    rows: 1,
    columns,
    offsets: Uint32Array.of(0, indices.length),
    indices: Int32Array.from(indices),
    values: values ? Float32Array.from(values) : new Float32Array(indices.length).fill(1),
  };
}
