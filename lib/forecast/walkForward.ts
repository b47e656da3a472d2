import type { SalesSeries } from "../data/salesSeries";
import { naiveScale, type NaiveScale } from "./accuracy";

/**
 * Forecasts what follows a series: [ahead]. It is given what is known at that time: dates and values up to now, and the
 * plan of promotions for the periods ahead.
 */
export type Method = (known: SalesSeries, ahead: number) => ArrayLike<number>;

/** Learns a method from what is known at that time: scales, coefficients, weights. */
export type FitMethod = (known: SalesSeries) => Method | Promise<Method>;

/** One forecast of a walk forward, and what came. */
export interface Trial {
  /** How many values were known. */
  origin: number;
  /** Which fit it is from, counted from 0. */
  fit: number;
  /** [ahead] */
  forecast: Float64Array;
  /** [ahead] */
  actual: Float64Array;
  /** The naive forecast's errors on what was known when the method was fitted. */
  scale: NaiveScale;
}

/** Where the walk begins, and how it goes on. */
export interface WalkOptions {
  /** Values known at the first forecast. */
  from: number;
  /** Periods in each forecast, default 4. */
  ahead?: number;
  /** Periods from one forecast to the next, default 1. */
  every?: number;
  /** Periods from one fit to the next, default 13: a quarter of weeks. In between, the method gets the newest values. */
  refit?: number;
}

/**
 * Walk-forward evaluation (rolling origin; Tashman, 2000). The method is fitted on the values before `from` and forecasts
 * from there; then time moves on, and so forth to the end of the series. A fit and a forecast are given a series that
 * ends at their own time, so they cannot see what they are tested on.
 *
 * @param fit - for a method that fits itself at each forecast: `() => method`
 * @throws RangeError when the series is too short for a single forecast, or a setting is none
 */
export async function walkForward(series: SalesSeries, fit: FitMethod, options: WalkOptions): Promise<Trial[]> {
  const { from, ahead = 4, every = 1, refit = 13 } = options;
  checkWalk(series.values.length, { from, ahead, every, refit });
  const trials: Trial[] = [];
  let fitted: { method: Method; scale: NaiveScale; fit: number } | undefined;
  for (let origin = from; origin + ahead <= series.values.length; origin += every) {
    const known = knownAt(series, origin, ahead);
    const turn = Math.floor((origin - from) / refit);
    if (fitted?.fit !== turn) fitted = { method: await fit(known), scale: naiveScale(known.values), fit: turn };
    const forecast = checkedForecast(fitted.method(known, ahead), ahead, origin);
    const actual = series.values.slice(origin, origin + ahead);
    trials.push({ origin, fit: turn, forecast, actual, scale: fitted.scale });
  }
  return trials;
}

/**
 * What is known of a series at a time: all columns up to then, and the plan of promotions for the periods ahead.
 *
 * @param origin - how many values are known
 * @throws RangeError for more values than there are
 */
export function knownAt(series: SalesSeries, origin: number, ahead = 0): SalesSeries {
  if (!Number.isInteger(origin) || origin < 1 || origin > series.values.length)
    throw new RangeError(`knownAt(): origin ${origin} is not a whole number from 1 to ${series.values.length}`);
  return {
    ...series,
    dates: series.dates.slice(0, origin),
    values: series.values.slice(0, origin),
    ...(series.mentions && { mentions: series.mentions.slice(0, origin) }),
    ...(series.promotions && { promotions: series.promotions.slice(0, origin + ahead) }),
  };
}

function checkWalk(length: number, settings: Required<WalkOptions>): void {
  for (const [name, value] of Object.entries(settings))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`walkForward(): ${name} ${value} is not an integer of 1 or more`);
  const { from, ahead } = settings;
  if (from + ahead > length)
    throw new RangeError(
      `walkForward(): ${length} values are too few to know ${from} and forecast ${ahead}; shorten either`,
    );
}

function checkedForecast(forecast: ArrayLike<number>, ahead: number, origin: number): Float64Array {
  const values = Float64Array.from(forecast);
  if (values.length === ahead && values.every(Number.isFinite)) return values;
  throw new RangeError(
    `walkForward(): the method forecast [${values.join(", ")}] from value ${origin}, wanted ${ahead} finite numbers`,
  );
}
