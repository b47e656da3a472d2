import { smape } from "./accuracy";
import { mean } from "./mean";
import type { Trial } from "./walkForward";

/** How far the forecasts of a walk were off. */
export interface ForecastScores {
  /** Mean absolute scaled error: 1 is the naive forecast, one step ahead. */
  MASE: number;
  /** Root mean squared scaled error. */
  RMSSE: number;
  /** Symmetric mean absolute percentage error, 0 to 200. */
  sMAPE: number;
}

/**
 * The scores of a walk forward, over all its forecasts. Each error is scaled by what was known at its own fit.
 *
 * @param step - only the forecasts of this many periods ahead, from 1; default: all of them
 * @throws RangeError for no trials, or a step that they do not reach
 */
export function scoreTrials(trials: readonly Trial[], step?: number): ForecastScores {
  const steps = trials[0]?.forecast.length ?? 0;
  if (steps === 0) throw new RangeError("scoreTrials(): there are no trials; walk forward first");
  if (step !== undefined && !(Number.isInteger(step) && step >= 1 && step <= steps))
    throw new RangeError(`scoreTrials(): step ${step} is not a whole number from 1 to ${steps}`);
  const pick = (values: Float64Array) => (step === undefined ? values : values.subarray(step - 1, step));
  const pairs = trials.map(({ forecast, actual, scale }) => ({
    forecast: pick(forecast),
    actual: pick(actual),
    scale,
  }));
  const scaled = pairs.flatMap(
    ({ forecast, actual, scale }) =>
    Array.from(actual, (truth, i) => ({ size: Math.abs(truth - forecast[i]) / scale.absolute, square: (truth - forecast[i]) ** 2 / scale.squared })), // prettier-ignore
  );
  return {
    MASE: mean(scaled.map(({ size }) => size)),
    RMSSE: Math.sqrt(mean(scaled.map(({ square }) => square))),
    sMAPE: mean(pairs.map(({ forecast, actual }) => smape(forecast, actual))),
  };
}

/**
 * The MASE of a walk's forecasts by their distance: [ahead], one period ahead first.
 *
 * @throws RangeError for no trials
 */
export function maseByStep(trials: readonly Trial[]): number[] {
  const steps = trials[0]?.forecast.length ?? 0;
  if (steps === 0) throw new RangeError("maseByStep(): there are no trials; walk forward first");
  return Array.from({ length: steps }, (_, step) => scoreTrials(trials, step + 1).MASE);
}

/**
 * The scores of each fit of a walk, as runs of a model: how much they differ from one time to another. `spreads` sums them
 * up.
 *
 * @param model - the name of the method
 */
export function scoreFits(
  model: string,
  trials: readonly Trial[],
): { model: string; scores: Record<string, number> }[] {
  const fits = [...new Set(trials.map(({ fit }) => fit))];
  return fits.map((fit) => ({ model, scores: { ...scoreTrials(trials.filter((trial) => trial.fit === fit)) } }));
}
