import { checkKnown } from "../checkKnown";
import { mean } from "../mean";
import { seasonalFactors } from "./seasonalFactors";
import { fitShares, smooth } from "./smooth";

/** Options of `theta`. */
export interface ThetaOptions {
  /** After how many values the season comes round, default 52; 1 for none. */
  period?: number;
  /** The share of a new value that the level takes on, 0 to 1; default: fitted. */
  alpha?: number;
}

/**
 * The Theta method (Assimakopoulos and Nikolopoulos, 2000; winner of the M3 competition): simple exponential smoothing
 * plus half the slope of the series' straight line (the form of Hyndman and Billah, 2003). The season is divided out
 * first, where two periods are known and the values have a significant correlation with those one period before.
 *
 * @param known - values, the latest last
 * @param ahead - how many values to forecast
 * @throws RangeError for fewer than 3 values, or one that is not finite
 */
export function theta(known: ArrayLike<number>, ahead: number, options: ThetaOptions = {}): Float64Array {
  const { period = 52, alpha: given } = options;
  checkKnown("theta()", known, 3);
  const season = seasonOf(known, period);
  const plain = Float64Array.from(known, (value, i) => value / season[i % season.length]);
  const start = { level: plain[0], trend: 0, season: [] };
  const alpha = given ?? fitShares(plain, start, { count: 1 }).alpha;
  const { level } = smooth(plain, start, { alpha }).state;
  const half = slopeOf(plain) / 2;
  const lag = (1 - (1 - alpha) ** plain.length) / alpha; // by how many steps the level lags behind
  return Float64Array.from({ length: ahead }, (_, step) => {
    return (level + half * (step + lag)) * season[(plain.length + step) % season.length];
  });
}

function seasonOf(known: ArrayLike<number>, period: number): number[] {
  const values = Array.from(known);
  const useful = period > 1 && values.length >= 2 * period && values.every((value) => value > 0);
  return useful && isSeasonal(values, period) ? seasonalFactors(values, period) : [1];
}

/** The 90 % test of the competitions: whether the autocorrelation at the period is beyond its standard error. */
function isSeasonal(values: number[], period: number): boolean {
  const middle = mean(values);
  const away = values.map((value) => value - middle);
  const product = (lag: number) => away.slice(lag).reduce((sum, value, i) => sum + value * away[i], 0);
  const correlation = Array.from({ length: period + 1 }, (_, lag) => product(lag) / product(0));
  const between = correlation.slice(1, period).reduce((sum, value) => sum + value * value, 0);
  return Math.abs(correlation[period]) > 1.645 * Math.sqrt((1 + 2 * between) / values.length);
}

/** Of the least-squares line through the values. */
function slopeOf(values: Float64Array): number {
  const middle = (values.length - 1) / 2;
  const spread = values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return values.reduce((sum, value, i) => sum + (i - middle) * value, 0) / spread;
}
