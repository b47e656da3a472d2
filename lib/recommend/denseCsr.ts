import { checkFinite } from "./coo";
import type { Csr } from "./csr";

/**
 * Dense rows, such as image embeddings, as a sparse matrix; zeros are left out.
 *
 * @param dense - row after row, shape [rows, rowLength]
 * @throws TypeError when the length is no multiple of `rowLength`; RangeError for a `rowLength` that is no integer
 * of 1 or more, or a value that is not finite
 */
export function csrFromDense(dense: Float32Array, rowLength: number): Csr {
  if (!Number.isInteger(rowLength) || rowLength < 1)
    throw new RangeError(`csrFromDense(): row length ${rowLength} is not a positive integer`);
  if (dense.length % rowLength !== 0)
    throw new TypeError(
      `csrFromDense(): ${dense.length} values do not fill rows of ${rowLength}; pass the row length the values were made with`,
    );
  const rows = dense.length / rowLength;
  const entries = countEntries(dense);
  const offsets = new Uint32Array(rows + 1);
  const indices = new Int32Array(entries);
  const values = new Float32Array(entries);
  let place = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < rowLength; column++) {
      const value = dense[row * rowLength + column];
      if (value === 0) continue;
      indices[place] = column;
      values[place++] = value;
    }
    offsets[row + 1] = place;
  }
  return { rows, columns: rowLength, offsets, indices, values };
}

function countEntries(dense: Float32Array): number {
  checkFinite(dense, "csrFromDense(): value");
  return dense.reduce((entries, value) => (value === 0 ? entries : entries + 1), 0);
}
