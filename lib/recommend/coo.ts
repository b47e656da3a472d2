/**
 * A sparse matrix as a list of entries (row, column, value), in the order in which they came. Interactions are such a
 * matrix: rows are users, columns are items, an entry is positive where its value is above 0. The same pair may occur
 * several times.
 */
export interface Coo {
  readonly rows: number;
  readonly columns: number;
  /** Row of each entry, shape [entries]. */
  readonly rowIndices: Int32Array;
  /** Column of each entry, shape [entries]. */
  readonly columnIndices: Int32Array;
  /** Value of each entry, shape [entries]. */
  readonly values: Float32Array;
}

/** What `buildCoo` takes; indices and values may be any array of numbers. */
export interface CooParts {
  rows: number;
  columns: number;
  rowIndices: ArrayLike<number>;
  columnIndices: ArrayLike<number>;
  /** Default: 1 for every entry. */
  values?: ArrayLike<number>;
}

/**
 * A matrix from its entries.
 *
 * @throws TypeError where the three lists differ in length; RangeError for an index outside the shape or a value that
 * is not finite
 */
export function buildCoo({ rows, columns, rowIndices, columnIndices, values }: CooParts): Coo {
  checkCoo({ rows, columns, rowIndices, columnIndices, values }, "buildCoo()");
  return {
    rows,
    columns,
    rowIndices: Int32Array.from(rowIndices),
    columnIndices: Int32Array.from(columnIndices),
    values: values ? Float32Array.from(values) : new Float32Array(rowIndices.length).fill(1),
  };
}

/** Some of the entries, in the order of their places; the shape stays. */
export function takeEntries({ rows, columns, rowIndices, columnIndices, values }: Coo, places: Int32Array): Coo {
  return {
    rows,
    columns,
    rowIndices: places.map((place) => rowIndices[place]),
    columnIndices: places.map((place) => columnIndices[place]),
    values: Float32Array.from(places, (place) => values[place]),
  };
}

/**
 * Throws what `buildCoo` throws, under the name of the call that was refused.
 *
 * @internal
 */
export function checkCoo({ rows, columns, rowIndices, columnIndices, values }: CooParts, call: string): void {
  checkSize(rows, `${call}: rows`);
  checkSize(columns, `${call}: columns`);
  const length = rowIndices.length;
  if (columnIndices.length !== length || (values && values.length !== length))
    throw new TypeError(
      `${call}: ${length} row indices, ${columnIndices.length} column indices and ${values ? values.length : length} values; give one of each for every entry`,
    );
  checkIndices(rowIndices, rows, `${call}: row`);
  checkIndices(columnIndices, columns, `${call}: column`);
  if (values) checkFinite(values, `${call}: value`);
}

/**
 * Throws a RangeError that names the first value that is not finite as a 32-bit float.
 *
 * @internal
 */
export function checkFinite(values: ArrayLike<number>, name: string): void {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(Math.fround(values[i])))
      throw new RangeError(`${name} ${i} is ${values[i]}; wanted a finite number; drop or replace it`);
}

/**
 * Throws a RangeError that names the first weight that is not finite, or below 0.
 *
 * @internal
 */
export function checkWeights(weights: ArrayLike<number>, name: string): void {
  checkFinite(weights, name);
  for (let i = 0; i < weights.length; i++)
    if (weights[i] < 0)
      throw new RangeError(`${name} ${i} is ${weights[i]}; wanted 0 or more; leave out what should not be learned`);
}

/**
 * Throws a RangeError that names the first index that is not an integer from 0 to `limit - 1`.
 *
 * @internal
 */
export function checkIndices(indices: ArrayLike<number>, limit: number, name: string): void {
  for (let i = 0; i < indices.length; i++)
    if (!Number.isInteger(indices[i]) || indices[i] < 0 || indices[i] >= limit)
      throw new RangeError(
        `${name} index ${indices[i]} at place ${i} is outside the ${limit} there are, counted from 0`,
      );
}

/**
 * Whether all values are 1, as where nobody has given any; `every` would be called for each of them.
 *
 * @internal
 */
export function areOnes(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== 1) return false;
  return true;
}

function checkSize(size: number, name: string): void {
  if (!Number.isInteger(size) || size < 0 || size > MAX_SIZE)
    throw new RangeError(`${name} ${size} is not an integer from 0 to ${MAX_SIZE}`);
}

/** Indices are kept as signed 32-bit integers. */
const MAX_SIZE = 0x7fffffff;
