import { buildCoo, checkFinite, checkIndices } from "./coo";
import { buildCsr, type Csr } from "./csr";

/** The features of one user or item: columns and, beside each, its weight. */
export interface SparseRow {
  readonly indices: ArrayLike<number>;
  /** Default 1 each. */
  readonly values?: ArrayLike<number>;
}

/**
 * A row as a matrix of its own, shape [1, columns]. Weights of a column that comes twice add up.
 *
 * @param columns - how many columns there are
 * @param call - what the errors begin with, as in "coldUser()"
 * @throws RangeError for a column or a weight that cannot be; TypeError for weights of another number
 */
export function rowToCsr({ indices, values }: SparseRow, columns: number, call: string): Csr {
  checkIndices(indices, columns, `${call}: feature`);
  if (values && values.length !== indices.length)
    throw new TypeError(`${call}: ${indices.length} features and ${values.length} weights; give one of each`);
  if (values) checkFinite(values, `${call}: weight`);
  const rowIndices = new Int32Array(indices.length);
  return buildCsr(buildCoo({ rows: 1, columns, rowIndices, columnIndices: indices, values }));
}
