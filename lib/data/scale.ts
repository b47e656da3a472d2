/** Scales columns to the range from 0 to 1, and back. */
export interface MinMaxScaler {
  /** [columns] the least value of each column. */
  minimum: Float64Array;
  /** [columns] the greatest value of each column. */
  maximum: Float64Array;
  /** Brings rows of the fitted columns to 0..1 (outside of it where they exceed what was fitted). */
  transform(rows: ArrayLike<number>): Float64Array;
  /** Takes scaled rows back to their own units. */
  inverse(rows: ArrayLike<number>): Float64Array;
}

/** Below ten times the spacing of doubles at 1 a range counts as none, as in scikit-learn. */
const NO_RANGE = 10 * Number.EPSILON;

/**
 * Learns the range of each column, as scikit-learn's `MinMaxScaler().fit(rows)` does. Fit it on the training rows only:
 * what is fitted on all rows has seen the future. A column that never changes is only shifted, to 0.
 *
 * @param rows - [count, columns], row after row
 * @param columns - how many values make a row
 * @throws TypeError when the values do not fill whole rows, RangeError when one is not a finite number
 */
export function fitMinMax(rows: ArrayLike<number>, columns: number): MinMaxScaler {
  checkRows("fitMinMax()", rows, columns);
  const minimum = new Float64Array(columns).fill(Infinity);
  const maximum = new Float64Array(columns).fill(-Infinity);
  for (let i = 0; i < rows.length; i++) {
    minimum[i % columns] = Math.min(minimum[i % columns], rows[i]);
    maximum[i % columns] = Math.max(maximum[i % columns], rows[i]);
  }
  const factor = maximum.map((most, column) => factorOf(most - minimum[column]));
  const shift = minimum.map((least, column) => -least * factor[column]);
  return {
    minimum,
    maximum,
    transform: (values) => mapRows("transform()", values, columns, (value, i) => value * factor[i] + shift[i]),
    inverse: (values) => mapRows("inverse()", values, columns, (value, i) => (value - shift[i]) / factor[i]),
  };
}

function factorOf(range: number): number {
  return range < NO_RANGE ? 1 : 1 / range;
}

type Step = (value: number, column: number) => number;

function mapRows(call: string, rows: ArrayLike<number>, columns: number, step: Step): Float64Array {
  checkRows(call, rows, columns);
  return Float64Array.from(rows, (value, index) => step(value, index % columns));
}

function checkRows(call: string, rows: ArrayLike<number>, columns: number): void {
  if (!Number.isInteger(columns) || columns < 1 || rows.length === 0 || rows.length % columns !== 0)
    throw new TypeError(
      `${call}: got ${rows.length} values for ${columns} columns, wanted one whole row or more; pass them row after row`,
    );
  for (let i = 0; i < rows.length; i++)
    if (!Number.isFinite(rows[i]))
      throw new RangeError(
        `${call}: row ${Math.floor(i / columns)}, column ${i % columns} is ${rows[i]}, wanted a finite number; fill gaps first`,
      );
}
