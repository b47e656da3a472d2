import type { Coo } from "./coo";
import { buildCsr, buildPattern, type Csr, type SparsePattern } from "./csr";

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
  return buildPattern({ rows, columns, ...bothEntries(left, right) });
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
