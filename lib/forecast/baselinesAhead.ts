/** Weeks after which a year's season comes round. */
export const YEAR = 52;

/**
 * The seasonal naive forecast: as it was a year before, the last known year again and again.
 *
 * @param known - weekly values, the latest last
 * @param ahead - weeks to forecast
 * @param period - after how many values the season comes round, default 52: weeks of a year
 * @throws RangeError for less than a year of weeks
 */
export function asLastYear(known: Float64Array, ahead: number, period = YEAR): Float64Array {
  const year = lastYear(known, "asLastYear()", period);
  return Float64Array.from({ length: ahead }, (_, step) => year[step % period]);
}

/**
 * The naive forecast: all stays as in the last week known. Arguments as in `asLastYear`.
 *
 * @throws RangeError where no week is known
 */
export function asLastWeek(known: Float64Array, ahead: number): Float64Array {
  if (known.length === 0) throw new RangeError("asLastWeek(): no week is known, wanted 1 or more");
  return new Float64Array(ahead).fill(known[known.length - 1]);
}

/**
 * The mean of the last year, for every week to come. Arguments and errors as in `asLastYear`.
 */
export function asMeanWeek(known: Float64Array, ahead: number): Float64Array {
  const mean = lastYear(known, "asMeanWeek()").reduce((sum, value) => sum + value / YEAR, 0);
  return new Float64Array(ahead).fill(mean);
}

function lastYear(known: Float64Array, call: string, period = YEAR): Float64Array {
  if (known.length >= period) return known.subarray(known.length - period);
  throw new RangeError(`${call}: ${known.length} weeks are known, wanted ${period} or more`);
}
