import { fitMinMax } from "../data/scale";
import type { SalesSeries } from "../data/salesSeries";
import { toRows } from "../data/toRows";
import { fitUsual } from "./fitUsual";
import type { FitMethod, Method } from "./walkForward";

/** What learns from windows of scaled rows: the next values of the first column, [ahead], scaled too. */
export type WindowLearner = (rows: Float64Array, shape: WindowShape) => Promise<WindowForecast>;
/** Forecasts from the last rows of a series, [steps, columns]. */
export type WindowForecast = (window: Float64Array, ahead: number) => ArrayLike<number>;

/** The shape of windows. */
export interface WindowShape {
  /** Rows that a forecast looks back on. */
  steps: number;
  /** Values in each row: what was sold beyond the usual and, where they are known, the mentions. */
  columns: number;
  /** Periods in each forecast. */
  ahead: number;
}

/**
 * A method that learns from windows: it takes off what trend, season and promotions make usual, scales the rest and the
 * mentions to the range from 0 to 1, and leaves the windows over these rows to a learner. The regression and the scale are
 * fitted inside, to what is known at the fit, so that nothing of a later time gets in.
 *
 * @param learn - learns from the rows, and gives the forecast
 * @param options - rows to look back on, default 12, and periods in each forecast, default 4
 */
export function windowMethod(
  learn: WindowLearner,
  { steps = 12, ahead = 4 }: { steps?: number; ahead?: number } = {},
): FitMethod {
  return async (training): Promise<Method> => {
    const usual = fitUsual(training);
    const columnsOf = (series: SalesSeries) => {
      const rest = usual.takeOff(series);
      return series.mentions ? [rest, series.mentions.map((count) => Math.log(1 + count))] : [rest];
    };
    const columns = training.mentions ? 2 : 1;
    const rows = toRows(columnsOf(training));
    const scaler = fitMinMax(rows, columns);
    const forecast = await learn(scaler.transform(rows), { steps, columns, ahead });
    return (known, reach) => {
      const window = scaler.transform(toRows(columnsOf(known)).subarray(-steps * columns));
      const next = Array.from(forecast(window, reach)).slice(0, reach);
      return usual.putOn(known, unscaled(next, scaler));
    };
  };
}

/** Values of the first column in their own units. */
function unscaled(
  values: number[],
  { minimum, maximum }: { minimum: Float64Array; maximum: Float64Array },
): Float64Array {
  const range = maximum[0] - minimum[0] || 1;
  return Float64Array.from(values, (value) => minimum[0] + range * value);
}
