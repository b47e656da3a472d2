import { buildCsr, type Csr } from "./csr";

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

function join(left: Csr, right: Csr, [rows, columns]: [number, number]): Csr {
  const length = left.indices.length + right.indices.length;
  const rowIndices = new Int32Array(length);
  const columnIndices = new Int32Array(length);
  const values = new Float32Array(length);
  for (const [matrix, start] of [
    [left, 0],
    [right, left.indices.length],
  ] as const) {
    rowIndices.set(rowOfEntries(matrix), start);
    columnIndices.set(matrix.indices, start);
    values.set(matrix.values, start);
  }
  return buildCsr({ rows, columns, rowIndices, columnIndices, values });
}

/** The row of each entry, shape [entries]. */
function rowOfEntries({ rows, offsets, indices }: Csr): Int32Array {
  const result = new Int32Array(indices.length);
  for (let row = 0; row < rows; row++) result.fill(row, offsets[row], offsets[row + 1]);
  return result;
}
