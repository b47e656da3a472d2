import { checkKnown } from "../checkKnown";
import { fitShares, goOn, smooth, type SeasonKind, type SmoothingState } from "./smooth";

/** Options of `holtWinters`. */
export interface HoltWintersOptions {
  /** After how many values the season comes round, default 52. */
  period?: number;
  /** Default "multiply" where all values are above 0, else "add". */
  season?: SeasonKind;
}

/**
 * Exponential smoothing with trend and season (Holt, 1957; Winters, 1960). The first two periods give the start: the
 * trend is the mean change from one to the other, the season is how the first differs from its own line.
 *
 * @param known - values, the latest last
 * @param ahead - how many values to forecast
 * @throws RangeError for fewer than two periods of values, or one that is not finite
 */
export function holtWinters(
  known: ArrayLike<number>,
  ahead: number,
  { period = 52, season }: HoltWintersOptions = {},
): Float64Array {
  checkKnown("holtWinters()", known, 2 * period);
  const positive = Array.from(known).every((value) => value > 0);
  const start = seasonalStart(known, period, season ?? (positive ? "multiply" : "add"));
  return goOn(smooth(known, start, fitShares(known, start, { count: 3 })).state, ahead);
}

/**
 * Level, trend and season before the first value.
 *
 * @internal
 */
export function seasonalStart(known: ArrayLike<number>, period: number, kind: SeasonKind): SmoothingState {
  const mean = (from: number) =>
    Array.from({ length: period }, (_, i) => known[from + i] / period).reduce((sum, part) => sum + part);
  const trend = (mean(period) - mean(0)) / period;
  const level = mean(0) - (trend * (period + 1)) / 2;
  const line = (i: number) => level + (i + 1) * trend;
  const season = Array.from({ length: period }, (_, i) => (kind === "add" ? known[i] - line(i) : known[i] / line(i)));
  return { level, trend, season, kind };
}
