/**
 * The test of Kwiatkowski, Phillips, Schmidt and Shin (1992) for a series without trend: large where the values wander
 * off and do not return to a level. Above 0.463, chance explains it in less than one case of twenty. The number of lags is
 * that of R's `forecast` package, floor(3 sqrt(n) / 13).
 *
 * @internal
 */
export function kpss(values: ArrayLike<number>): number {
  const count = values.length;
  const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / count;
  const away = Float64Array.from(values, (value) => value - mean);
  const lags = Math.floor((3 * Math.sqrt(count)) / 13);
  let longRun = away.reduce((sum, value) => sum + value * value, 0);
  for (let lag = 1; lag <= lags; lag++) {
    const product = away.subarray(lag).reduce((sum, value, i) => sum + value * away[i], 0);
    longRun += 2 * (1 - lag / (lags + 1)) * product;
  }
  let [total, squares] = [0, 0];
  for (const value of away) squares += (total += value) ** 2;
  return longRun > 0 ? squares / (count * longRun) : 0;
}

/** The value that a series without a wandering level exceeds in one case of twenty. */
export const KPSS_LIMIT = 0.463;
