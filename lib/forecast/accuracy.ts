import { checkKnown } from "./checkKnown";
import { mean } from "./mean";

/** What a forecast is measured against: the errors of the naive forecast on the values known. */
export interface NaiveScale {
  /** The mean absolute error. */
  absolute: number;
  /** The mean squared error. */
  squared: number;
}

/**
 * How far the naive forecast errs on the values known: the mean change from each value to the next one.
 *
 * @param known - the values a forecast may learn from; never those it is measured on
 * @param lag - 1 for the last value; the period for the value one season before
 * @throws RangeError for `lag` values or fewer, or where they never change
 */
export function naiveScale(known: ArrayLike<number>, lag = 1): NaiveScale {
  checkKnown("naiveScale()", known, lag + 1);
  const changes = Float64Array.from({ length: known.length - lag }, (_, i) => known[i + lag] - known[i]);
  const absolute = mean(changes.map(Math.abs));
  const squared = mean(changes.map((change) => change * change));
  if (absolute === 0)
    throw new RangeError("naiveScale(): the values never change, so no error can be measured by them; use the MAE");
  return { absolute, squared };
}

/**
 * The mean absolute scaled error (Hyndman and Koehler, 2006): 1 is as far off as the naive forecast was, one step ahead,
 * on the values known.
 *
 * @param forecast - [count]
 * @param actual - [count]
 * @throws TypeError when the two differ in length
 */
export function mase(forecast: ArrayLike<number>, actual: ArrayLike<number>, scale: NaiveScale): number {
  return meanOfPairs("mase()", forecast, actual, (value, truth) => Math.abs(truth - value)) / scale.absolute;
}

/**
 * The root mean squared scaled error, the measure of the M5 competition: as `mase`, but large errors count more.
 * Arguments and errors as there.
 */
export function rmsse(forecast: ArrayLike<number>, actual: ArrayLike<number>, scale: NaiveScale): number {
  return Math.sqrt(meanOfPairs("rmsse()", forecast, actual, (value, truth) => (truth - value) ** 2) / scale.squared);
}

/**
 * The symmetric mean absolute percentage error, 0 to 200, as in the M4 competition. It means little near zero, and where
 * both are 0 it counts as 0. Arguments and errors as in `mase`.
 */
export function smape(forecast: ArrayLike<number>, actual: ArrayLike<number>): number {
  return meanOfPairs("smape()", forecast, actual, (value, truth) => {
    const size = Math.abs(value) + Math.abs(truth);
    return size === 0 ? 0 : (200 * Math.abs(truth - value)) / size;
  });
}

/**
 * The pinball loss of the forecast of a quantile (Koenker and Bassett, 1978): a value above the forecast costs its
 * distance times the quantile, one below it times the rest. The forecast with the least loss is the true quantile. Half
 * the mean absolute error is the loss at 0.5.
 *
 * @param quantile - between 0 and 1
 * @throws TypeError when the two differ in length, RangeError for a quantile that is none
 */
export function pinballLoss(forecast: ArrayLike<number>, actual: ArrayLike<number>, quantile: number): number {
  if (!(quantile > 0 && quantile < 1))
    throw new RangeError(`pinballLoss(): quantile ${quantile} is not between 0 and 1; 0.9 lies above nine in ten`);
  return meanOfPairs("pinballLoss()", forecast, actual, (value, truth) =>
    truth >= value ? quantile * (truth - value) : (1 - quantile) * (value - truth),
  );
}

function meanOfPairs(
  call: string,
  forecast: ArrayLike<number>,
  actual: ArrayLike<number>,
  of: (forecast: number, actual: number) => number,
): number {
  if (forecast.length !== actual.length || actual.length === 0)
    throw new TypeError(
      `${call}: ${forecast.length} forecast values for ${actual.length} actual ones; give one for each`,
    );
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += of(forecast[i], actual[i]);
  return sum / actual.length;
}
