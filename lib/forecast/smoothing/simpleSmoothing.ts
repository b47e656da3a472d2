import { checkKnown } from "../checkKnown";
import { fitShares, goOn, smooth } from "./smooth";

/**
 * Simple exponential smoothing (Brown, 1956): the forecast is a mean in which each value counts less the older it is,
 * by a constant factor. The share `alpha` that a new value takes is the one with the least squared one-step errors.
 *
 * @param known - values, the latest last
 * @param ahead - how many values to forecast; all are the same
 * @param options - settings by name
 * @param options.alpha - 0 to 1; default: fitted
 * @throws RangeError for fewer than 2 values, or one that is not finite
 */
export function simpleSmoothing(
  known: ArrayLike<number>,
  ahead: number,
  { alpha }: { alpha?: number } = {},
): Float64Array {
  checkKnown("simpleSmoothing()", known, 2);
  const start = { level: known[0], trend: 0, season: [] };
  const shares = alpha === undefined ? fitShares(known, start, { count: 1 }) : { alpha };
  return goOn(smooth(known, start, shares).state, ahead);
}
