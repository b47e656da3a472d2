import { checkKnown } from "../checkKnown";
import { mean } from "../mean";

/**
 * The mean of the last values, for all that follow.
 *
 * @param known - values, the latest last
 * @param ahead - how many values to forecast
 * @param options - settings by name
 * @param options.window - how many of the last values count, default 8; all of them where fewer are known
 * @throws RangeError where nothing is known, a value is not finite, or the window is not an integer of 1 or more
 */
export function movingAverage(known: ArrayLike<number>, ahead: number, { window = 8 } = {}): Float64Array {
  if (!(window >= 1) || (Number.isFinite(window) && !Number.isInteger(window)))
    throw new RangeError(`movingAverage(): window ${window} is not an integer of 1 or more`);
  checkKnown("movingAverage()", known, 1);
  const last = Array.from(known).slice(-Math.min(window, known.length));
  return new Float64Array(ahead).fill(mean(last));
}
