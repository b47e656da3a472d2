import { integer, seededRandom } from "../random";
import { meanAbsoluteError } from "./baselines";

/**
 * A way to forecast as a notebook does it: it gets a whole series, learns from the values before `from`, and forecasts each
 * value from there on, one step ahead: [series.length - from]. It should use no value at or after the one it forecasts.
 */
export type ForecastPipeline = (series: Float64Array, from: number) => ArrayLike<number> | Promise<ArrayLike<number>>;

/** Which series the pipeline is tried on. */
export interface LeakageOptions {
  /** Series drawn, default 400. */
  draws?: number;
  /** Values in each, default 100. */
  weeks?: number;
  /** The last values of each, that are forecast; default 20. */
  test?: number;
  /** Default 42. */
  seed?: number;
}

/** What the test found. */
export interface LeakageReport {
  /** True where the forecasts are better than any can be that has not seen the values. */
  leaks: boolean;
  /** Mean absolute error, in units of the naive forecast's. */
  mase: number;
  /** A MASE below this shows a leak: 0.72, or less where few values were forecast. */
  limit: number;
  /** How many values were forecast. */
  forecasts: number;
  /** The result in words. */
  verdict: string;
}

/** The first lesson's sales: whole numbers from 100 to 999, each drawn independently of all others. */
const [LOW, HIGH] = [100, 1000];
/** The mean difference of two such numbers: the error of the naive forecast. */
const NAIVE_ERROR = ((HIGH - LOW) ** 2 - 1) / (3 * (HIGH - LOW));
/** The least MASE there is: the middle is wrong by a quarter of the range, the naive forecast by a third. */
const LEAST = 0.75;
const LIMIT = 0.72;
/** The standard deviation of one forecast's scaled error. */
const DEVIATION = LEAST / Math.sqrt(3);

/**
 * Tests a way to forecast for leakage, by sales that nobody can forecast: independent uniform numbers. The best forecast is
 * the constant middle, whose MASE is 0.75. A mean over thousands of forecasts hardly falls below 0.72 by luck (the limit
 * lies three standard deviations or more below 0.75); a pipeline that does has used the values it was asked for. A
 * pipeline that passes may still leak, but no more than that.
 *
 * @throws RangeError for settings that cannot be, or another number of forecasts than asked for
 */
export async function detectLeakage(pipeline: ForecastPipeline, options: LeakageOptions = {}): Promise<LeakageReport> {
  const { draws = 400, weeks = 100, test = 20, seed = 42 } = options;
  checkSettings({ draws, weeks, test });
  const random = seededRandom(seed);
  let error = 0;
  for (let draw = 0; draw < draws; draw++) {
    const series = Float64Array.from({ length: weeks }, () => integer(random, LOW, HIGH));
    const forecast = await pipeline(Float64Array.from(series), weeks - test);
    error += errorOf(forecast, series.subarray(weeks - test)) / draws;
  }
  const mase = error / NAIVE_ERROR;
  const forecasts = draws * test;
  const limit = Math.min(LIMIT, LEAST - (3 * DEVIATION) / Math.sqrt(forecasts));
  return { leaks: mase < limit, mase, limit, forecasts, verdict: verdictOn(mase, limit) };
}

function errorOf(forecast: ArrayLike<number>, actual: Float64Array): number {
  if (forecast.length !== actual.length || !Array.from(forecast).every(Number.isFinite))
    throw new RangeError(
      `detectLeakage(): the pipeline gave ${forecast.length} values, wanted ${actual.length} finite numbers, one for each value from \`from\` on`,
    );
  return meanAbsoluteError(forecast, actual, 1)[0];
}

function verdictOn(mase: number, limit: number): string {
  const found = `MASE ${mase.toFixed(3)} on random numbers, limit ${limit.toFixed(2)}`;
  return mase < limit ? `leak: ${found}; the forecast has used the values it forecasts` : `no leak found: ${found}`;
}

function checkSettings(settings: { draws: number; weeks: number; test: number }): void {
  for (const [name, value] of Object.entries(settings))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`detectLeakage(): ${name} ${value} is not an integer of 1 or more`);
  if (settings.test >= settings.weeks)
    throw new RangeError(
      `detectLeakage(): test ${settings.test} leaves none of ${settings.weeks} weeks to learn from; make it smaller`,
    );
}
