import type { Coo } from "./coo";
import { buildCsr, type Csr, type SparsePattern } from "./csr";

/**
 * Two matrices side by side, for example every item's own feature and its embedding: shape [rows, left + right].
 *
 * @throws TypeError when they differ in the number of rows
 */
export function stackColumns(left: Csr, right: Csr): Csr {
  if (left.rows !== right.rows)
    throw new TypeError(
      `stackColumns(): ${left.rows} rows on the left and ${right.rows} on the right; give both one row per item or user`,
    );
  const shifted = right.indices.map((column) => column + left.columns);
  return join(left, { ...right, indices: shifted }, [left.rows, left.columns + right.columns]);
}

/** A matrix with an entry wherever either of two has one, values added up; its shape holds both. */
export function union(left: Csr, right: Csr): Csr {
  return join(left, right, [Math.max(left.rows, right.rows), Math.max(left.columns, right.columns)]);
}

/** The places where either of two matrices has an entry; the shape holds both. */
export function unionPattern(left: SparsePattern, right: SparsePattern): SparsePattern {
  const [rows, columns] = [Math.max(left.rows, right.rows), Math.max(left.columns, right.columns)];
  const offsets = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row++) offsets[row + 1] = offsets[row] + mergeRow(left, right, row);
  const total = offsets[rows];
  if (total === left.indices.length && rows === left.rows && columns === left.columns) return left;
  const indices = new Int32Array(total);
  for (let row = 0; row < rows; row++) mergeRow(left, right, row, indices.subarray(offsets[row], offsets[row + 1]));
  return { rows, columns, offsets, indices };
}

/** How many different columns a row has in two matrices; they are written into `merged` where it is given. */
function mergeRow(left: SparsePattern, right: SparsePattern, row: number, merged?: Int32Array): number {
  let [i, j] = [left, right].map(({ rows, offsets }) => (row < rows ? offsets[row] : 0));
  const [leftEnd, rightEnd] = [left, right].map(({ rows, offsets }) => (row < rows ? offsets[row + 1] : 0));
  let count = 0;
  let last = -1;
  while (i < leftEnd || j < rightEnd) {
    const takesLeft = j === rightEnd || (i < leftEnd && left.indices[i] <= right.indices[j]);
    const column = takesLeft ? left.indices[i++] : right.indices[j++];
    if (column === last) continue;
    last = column;
    if (merged) merged[count] = column;
    count++;
  }
  return count;
}

function join(left: Csr, right: Csr, [rows, columns]: [number, number]): Csr {
  const values = new Float32Array(left.indices.length + right.indices.length);
  values.set(left.values);
  values.set(right.values, left.indices.length);
  return buildCsr({ rows, columns, ...bothEntries(left, right), values });
}

/** Rows and columns of the entries of the one and then of the other. */
function bothEntries(left: SparsePattern, right: SparsePattern): Pick<Coo, "rowIndices" | "columnIndices"> {
  const length = left.indices.length + right.indices.length;
  const [rowIndices, columnIndices] = [new Int32Array(length), new Int32Array(length)];
  rowIndices.set(rowOfEntries(left));
  rowIndices.set(rowOfEntries(right), left.indices.length);
  columnIndices.set(left.indices);
  columnIndices.set(right.indices, left.indices.length);
  return { rowIndices, columnIndices };
}

/** The row of each entry, shape [entries]. */
function rowOfEntries({ rows, offsets, indices }: SparsePattern): Int32Array {
  const result = new Int32Array(indices.length);
  for (let row = 0; row < rows; row++) result.fill(row, offsets[row], offsets[row + 1]);
  return result;
}
