import type { Coo } from "./coo";

/**
 * Where a sparse matrix by compressed rows has entries: those of row r lie from `offsets[r]` up to, not including,
 * `offsets[r + 1]`, with ascending column indices.
 */
export interface SparsePattern {
  readonly rows: number;
  readonly columns: number;
  /** Where each row starts, and last the number of entries; shape [rows + 1]. */
  readonly offsets: Uint32Array;
  /** Column of each entry, shape [entries]. */
  readonly indices: Int32Array;
}

/** A sparse matrix by compressed rows. */
export interface Csr extends SparsePattern {
  /** Value of each entry, shape [entries]. */
  readonly values: Float32Array;
}

/**
 * Sorts the entries of a matrix by row and column, in linear time.
 *
 * @param options - settings by name
 * @param options.duplicates - "sum" adds up entries of the same place (default), "keep" leaves them side by side
 */
export function buildCsr(matrix: Coo, { duplicates = "sum" }: { duplicates?: "sum" | "keep" } = {}): Csr {
  const { rows, columns } = matrix;
  const values = new Float32Array(matrix.values.length);
  const sorted: Csr = { rows, columns, ...sortEntries(matrix, { values: matrix.values, sorted: values }), values };
  if (duplicates === "keep") return sorted;
  const pattern = mergeDuplicates(sorted, values);
  const { length } = pattern.indices;
  return { ...pattern, values: length === values.length ? values : values.slice(0, length) };
}

/**
 * The places of a matrix's entries, sorted by row and column, without those that come twice.
 *
 * @param room - memory to work in, shape [entries]; what it holds is lost
 */
export function buildPattern(matrix: Omit<Coo, "values">, room?: Int32Array): SparsePattern {
  const { rows, columns } = matrix;
  return mergeDuplicates({ rows, columns, ...sortEntries(matrix, { room }) });
}

/** Offsets of the rows, and the columns of the entries by row and column; values go into `sorted` the same way. */
function sortEntries(
  { rows, columns, rowIndices, columnIndices }: Omit<Coo, "values">,
  { values, sorted, room }: { values?: Float32Array; sorted?: Float32Array; room?: Int32Array },
): Pick<SparsePattern, "offsets" | "indices"> {
  const offsets = bucketOffsets(rowIndices, rows);
  const indices = new Int32Array(rowIndices.length);
  const next = offsets.slice();
  const byColumn = stableOrder(columnIndices, columns, room);
  for (let i = 0; i < byColumn.length; i++) {
    const place = byColumn[i];
    const at = next[rowIndices[place]]++;
    indices[at] = columnIndices[place];
    if (values && sorted) sorted[at] = values[place];
  }
  return { offsets, indices };
}

/**
 * The matrix with 1 on its diagonal: every row has one feature, its own.
 *
 * @throws RangeError for a size that is not an integer of 0 or more
 */
export function identityCsr(size: number): Csr {
  if (!Number.isInteger(size) || size < 0)
    throw new RangeError(`identityCsr(): size ${size} is not an integer of 0 or more`);
  return {
    rows: size,
    columns: size,
    offsets: Uint32Array.from({ length: size + 1 }, (_, row) => row),
    indices: Int32Array.from({ length: size }, (_, row) => row),
    values: new Float32Array(size).fill(1),
  };
}

/**
 * Whether every row has one feature, its own, with weight 1.
 *
 * @internal
 */
export function isIdentity({ rows, columns, offsets, indices, values }: Csr): boolean {
  return (
    rows === columns &&
    indices.length === rows &&
    indices.every((column, row) => column === row && offsets[row] === row && values[row] === 1)
  );
}

/** The place of a row's entry in a column, by binary search; -1 when there is none. */
export function findEntry({ offsets, indices }: SparsePattern, row: number, column: number): number {
  let low = offsets[row];
  let high = offsets[row + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (indices[middle] < column) low = middle + 1;
    else high = middle;
  }
  return low < offsets[row + 1] && indices[low] === column ? low : -1;
}

/** Where each bucket starts when keys are sorted; shape [buckets + 1]. */
function bucketOffsets(keys: Int32Array, buckets: number): Uint32Array {
  const offsets = new Uint32Array(buckets + 1);
  for (let i = 0; i < keys.length; i++) offsets[keys[i] + 1]++;
  for (let bucket = 0; bucket < buckets; bucket++) offsets[bucket + 1] += offsets[bucket];
  return offsets;
}

/**
 * The places of the entries by ascending key (counting sort); equal keys stay in the order they were given in.
 *
 * @internal
 */
export function stableOrder(
  keys: Int32Array,
  buckets: number,
  order: Int32Array = new Int32Array(keys.length),
): Int32Array {
  const next = bucketOffsets(keys, buckets);
  for (let place = 0; place < keys.length; place++) order[next[keys[place]]++] = place;
  return order;
}

/** Leaves one of each group of entries of the same place, with the sum of their values, which move up in place. */
function mergeDuplicates({ rows, columns, offsets, indices }: SparsePattern, values?: Float32Array): SparsePattern {
  const newOffsets = new Uint32Array(rows + 1);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    for (let place = offsets[row]; place < offsets[row + 1]; place++) {
      const isNew = end === newOffsets[row] || indices[end - 1] !== indices[place];
      if (isNew) indices[end++] = indices[place];
      if (values) values[end - 1] = isNew ? values[place] : values[end - 1] + values[place];
    }
    newOffsets[row + 1] = end;
  }
  if (end === indices.length) return { rows, columns, offsets, indices };
  return { rows, columns, offsets: newOffsets, indices: indices.slice(0, end) };
}
