import { arima, type ArimaOrder } from "./arima/arima";
import { chooseArima } from "./arima/chooseArima";
import { asLastWeek, asLastYear } from "./baselinesAhead";
import { fitUsual } from "./fitUsual";
import { holt } from "./smoothing/holt";
import { holtWinters } from "./smoothing/holtWinters";
import { movingAverage } from "./smoothing/movingAverage";
import { simpleSmoothing } from "./smoothing/simpleSmoothing";
import { theta } from "./smoothing/theta";
import type { FitMethod } from "./walkForward";

/** Forecasts values from values alone: [ahead]. */
type FromValues = (known: Float64Array, ahead: number) => ArrayLike<number>;

/**
 * The classical methods that a new one has to beat, by name. Those with a season are left out where less than two
 * periods are known at the first forecast, the seasonal naive one where less than one is.
 *
 * @param period - after how many values the season comes round
 * @param known - values known at the first forecast
 */
export function classicalMethods(period: number, known: number): Record<string, FitMethod> {
  const plain: Record<string, FromValues> = {
    naive: asLastWeek,
    mean: (values, ahead) => movingAverage(values, ahead, { window: Infinity }),
    "moving average": movingAverage,
    "exponential smoothing": simpleSmoothing,
    Holt: holt,
    Theta: (values, ahead) => theta(values, ahead, { period }),
  };
  const lastYear: FromValues = (values, ahead) => asLastYear(values, ahead, period);
  const seasonal: Record<string, FromValues> = {
    ...(known >= period && { "seasonal naive": lastYear, "mean of the two": averageOf(simpleSmoothing, lastYear) }),
    ...(known >= 2 * period && { "Holt-Winters": (values, ahead) => holtWinters(values, ahead, { period }) }),
  };
  const alone = Object.entries({ ...plain, ...seasonal }).map(([name, of]) => [name, () => onValues(of)] as const);
  return { ...Object.fromEntries(alone), ARIMA: arimaMethod() };
}

/** A method that looks at nothing but the values. */
function onValues(of: FromValues) {
  return ({ values }: { values: Float64Array }, ahead: number) => of(values, ahead);
}

function averageOf(...methods: FromValues[]): FromValues {
  return (values, ahead) => {
    const forecasts = methods.map((method) => method(values, ahead));
    return Array.from({ length: ahead }, (_, i) => forecasts.reduce((sum, own) => sum + own[i] / methods.length, 0));
  };
}

/** ARIMA on logarithms where all values are above 0. At each fit the order is chosen, and then kept for its forecasts. */
export function arimaMethod(): FitMethod {
  return ({ values: training }) => {
    const order = chooseArima(logsOf(training));
    return onValues((values, ahead) => onLogs(values, ahead, order));
  };
}

/** The regression on trend, season and promotions alone, as a forecast. */
export function usualMethod(): FitMethod {
  return (training) => {
    const usual = fitUsual(training);
    return (known, ahead) => usual.expect(known, known.values.length, ahead);
  };
}

function logsOf(values: Float64Array): Float64Array {
  return values.every((value) => value > 0) ? values.map(Math.log) : values;
}

function onLogs(values: Float64Array, ahead: number, order: ArimaOrder): Float64Array {
  const logs = logsOf(values);
  const forecast = arima(logs, ahead, order);
  return logs === values ? forecast : forecast.map(Math.exp);
}
