/** Forecasts the values that follow a known series: [ahead]. */
export type ForecastFunction = (known: Float64Array, ahead: number) => ArrayLike<number>;

/** Which weeks a forecast is tried on. */
export interface ErrorOptions {
  /** Values known before the first forecast; the first forecast is made right after them. */
  from: number;
  /** The farthest distance. */
  ahead: number;
}

/**
 * A forecast tried again and again, each time one value further into what it had not seen (rolling origin; Tashman,
 * 2000): all errors, actual minus forecast, by their distance. A series of n values gives n - from of them for the next
 * value, and one fewer for each step further.
 *
 * @returns [ahead] lists of errors, the distance 1 first
 * @throws RangeError when the series is too short for a single forecast of that distance
 */
export function forecastErrors(
  series: ArrayLike<number>,
  forecast: ForecastFunction,
  { from, ahead }: ErrorOptions,
): number[][] {
  const values = Float64Array.from(series);
  if (values.length < from + ahead)
    throw new RangeError(
      `forecastErrors(): ${values.length} values are too few to know ${from} and forecast ${ahead}; shorten either`,
    );
  const errors: number[][] = Array.from({ length: ahead }, () => []);
  for (let origin = from; origin < values.length; origin++) {
    const reach = Math.min(ahead, values.length - origin);
    const forecasts = forecast(values.subarray(0, origin), reach);
    for (let step = 0; step < reach; step++) errors[step].push(values[origin + step] - forecasts[step]);
  }
  return errors;
}
