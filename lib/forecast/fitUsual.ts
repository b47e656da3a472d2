import type { Every, SalesSeries } from "../data/salesSeries";
import { leastSquares } from "./leastSquares";

/** What is usual at a time: trend, season and promotions. */
export interface Usual {
  /**
   * What is usual in periods of a series, in the units of the series: [count].
   *
   * @param from - the first of them, counted from the series' beginning
   */
  expect(series: SalesSeries, from: number, count: number): Float64Array;
  /** What a series did beyond what is usual, as a logarithm of a factor where the values are all above 0: [values]. */
  takeOff(series: SalesSeries): Float64Array;
  /** The way back, for the periods after the series. */
  putOn(series: SalesSeries, rest: ArrayLike<number>): Float64Array;
  /** Whether all of it acts as factors; else as pieces to add. */
  factors: boolean;
}

/** Lengths of a year, or of a week of days, in periods. */
const SEASON: Readonly<Record<Every, number>> = { day: 7, week: 365.25 / 7, month: 12 };
/** Waves in a season at most. */
const WAVES = 2;
/** Seasons that have to be known before trend and season can be told apart. */
const LEAST_SEASONS = 2;

/**
 * A regression of sales on a trend, a season of two waves (sine and cosine) and promotions, fitted to what is known. Where
 * all values are above 0 it is one of logarithms, so that everything acts as factors. Where less than two seasons are
 * known it has neither trend nor season, because it could not tell the two apart.
 *
 * @param known - the training part of the series
 * @throws RangeError for an empty series
 */
export function fitUsual(known: SalesSeries): Usual {
  const factors = known.values.every((value) => value > 0);
  const shown = (value: number) => (factors ? Math.log(value) : value);
  const shape = { seasons: known.values.length / SEASON[known.every] >= LEAST_SEASONS, every: known.every };
  const rows = Array.from(known.values, (_, at) => inputsAt(known, at, shape));
  const weights = leastSquares(rows, known.values.map(shown));
  const line = (series: SalesSeries, from: number, count: number) =>
    Float64Array.from({ length: count }, (_, i) => dot(weights, inputsAt(series, from + i, shape)));
  const back = (values: Float64Array) => (factors ? values.map(Math.exp) : values);
  return {
    factors,
    expect: (series, from, count) => back(line(series, from, count)),
    takeOff(series) {
      const usual = line(series, 0, series.values.length);
      return series.values.map((value, at) => shownAgain(value, factors) - usual[at]);
    },
    putOn(series, rest) {
      const usual = line(series, series.values.length, rest.length);
      return back(usual.map((value, at) => value + rest[at]));
    },
  };
}

/** A later value that is not above 0, where factors were learned, counts as 1. */
function shownAgain(value: number, factors: boolean): number {
  return factors ? Math.log(value > 0 ? value : 1) : value;
}

function inputsAt(series: SalesSeries, at: number, { seasons, every }: { seasons: boolean; every: Every }): number[] {
  const year = at / SEASON[every];
  const waves = Array.from({ length: Math.min(WAVES, Math.floor(SEASON[every] / 2)) }, (_, k) => 2 * Math.PI * (k + 1));
  const season = waves.flatMap((wave) => [Math.sin(wave * year), Math.cos(wave * year)]);
  return [1, ...(seasons ? [year, ...season] : []), ...(series.promotions ? [series.promotions[at] ?? 0] : [])];
}

function dot(a: Float64Array, b: number[]): number {
  return b.reduce((sum, value, i) => sum + value * a[i], 0);
}
