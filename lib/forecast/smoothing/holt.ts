import { checkKnown } from "../checkKnown";
import { fitShares, goOn, smooth } from "./smooth";

/**
 * Holt's linear method (1957): exponential smoothing of a level and of a trend, which the forecast goes on with.
 *
 * @param known - values, the latest last
 * @param ahead - how many values to forecast
 * @throws RangeError for fewer than 3 values, or one that is not finite
 */
export function holt(known: ArrayLike<number>, ahead: number): Float64Array {
  checkKnown("holt()", known, 3);
  const trend = known[1] - known[0];
  const start = { level: known[0] - trend, trend, season: [] };
  return goOn(smooth(known, start, fitShares(known, start, { count: 2 })).state, ahead);
}
