import { meanAbsoluteError } from "./baselines";

/** How the rows of a forecast are named and brought back to their own units. */
export interface ComparisonOptions {
  /** The name of each column. */
  names: readonly string[];
  /** From scaled rows to the units of the series; default: they are in them already. */
  inverse?: (rows: ArrayLike<number>) => ArrayLike<number>;
}

/**
 * The mean absolute error of several forecasts of the same rows, one line each, a column for each column of the rows.
 *
 * @param forecasts - the forecasts by name, each [count, columns]
 * @param actual - what came, [count, columns]
 */
export function compareForecasts(
  forecasts: Record<string, ArrayLike<number>>,
  actual: ArrayLike<number>,
  { names, inverse = (rows) => rows }: ComparisonOptions,
): Record<string, string | number>[] {
  return Object.entries(forecasts).map(([forecast, rows]) => {
    const errors = meanAbsoluteError(inverse(rows), inverse(actual), names.length);
    return { forecast, ...Object.fromEntries(names.map((name, column) => [name, errors[column]])) };
  });
}
