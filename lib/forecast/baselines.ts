import type { Windows } from "../data/windows";

/** The naive forecast: the next row is as the last one seen. Gives [count, columns]. */
export function naiveForecast({ inputs, count, steps, columns }: Windows): Float32Array {
  return Float32Array.from({ length: count * columns }, (_, i) => {
    const [window, column] = [Math.floor(i / columns), i % columns];
    return inputs[(window * steps + steps - 1) * columns + column];
  });
}

/**
 * The mean forecast: every row is the mean of the rows known in training, the best there is for a series without
 * memory. Gives [count, columns].
 *
 * @param known - the rows of the training part, [rows, columns]
 * @throws TypeError when the values do not fill whole rows
 */
export function meanForecast(known: ArrayLike<number>, { count, columns }: Windows): Float32Array {
  if (known.length === 0 || known.length % columns !== 0)
    throw new TypeError(
      `meanForecast(): ${known.length} values do not fill rows of ${columns} columns; give whole rows`,
    );
  const means = new Float64Array(columns);
  for (let i = 0; i < known.length; i++) means[i % columns] += (known[i] * columns) / known.length;
  return Float32Array.from({ length: count * columns }, (_, i) => means[i % columns]);
}

/**
 * The mean absolute error of each column, in the units of the rows.
 *
 * @param forecast - [count, columns]
 * @param actual - [count, columns]
 * @throws TypeError when the two differ in length
 */
export function meanAbsoluteError(forecast: ArrayLike<number>, actual: ArrayLike<number>, columns: number): number[] {
  if (forecast.length !== actual.length)
    throw new TypeError(
      `meanAbsoluteError(): ${forecast.length} forecast values for ${actual.length} actual ones; give one for each`,
    );
  const errors = new Array<number>(columns).fill(0);
  for (let i = 0; i < actual.length; i++)
    errors[i % columns] += (Math.abs(forecast[i] - actual[i]) * columns) / actual.length;
  return errors;
}
