import { conformalBounds } from "./conformalBounds";
import type { Trial } from "./walkForward";

/** A forecast with its interval. */
export interface IntervalTrial {
  /** How many values were known. */
  origin: number;
  forecast: Float64Array;
  actual: Float64Array;
  /** [ahead], the lower end of each interval. */
  low: Float64Array;
  /** [ahead], the upper end of each interval. */
  high: Float64Array;
}

/** How intervals are made. */
export interface IntervalOptions {
  /** The share of the values that the intervals should hold, default 0.8. */
  coverage?: number;
  /** The latest errors that count, of each distance; default 52. */
  calibration?: number;
  /** Whether an error counts as a share of the forecast, as suits sales that grow; default false: in pieces. */
  relative?: boolean;
}

/**
 * Conformal intervals for the forecasts of a walk (split conformal prediction; see `conformalBounds`). Each is made of the
 * errors of earlier forecasts of the same distance, and only of those known by then: the error of a forecast four weeks
 * ahead is known four weeks later. Forecasts with fewer than `calibration` such errors get no interval and are left out.
 *
 * @param trials - as from `walkForward`, in the order of time
 * @throws RangeError where no forecast has enough errors before it
 */
export function rollingIntervals(trials: readonly Trial[], options: IntervalOptions = {}): IntervalTrial[] {
  const { coverage = 0.8, calibration = 52, relative = false } = options;
  const intervals = trials.flatMap((trial) => {
    const steps = Array.from(trial.forecast, (forecast, step) => {
      const errors = errorsBefore(trials, { origin: trial.origin, step, relative }).slice(-calibration);
      if (errors.length < calibration) return [];
      const { low, high } = conformalBounds(errors, { coverage });
      const unit = relative ? Math.abs(forecast) : 1;
      return [{ low: forecast + unit * low, high: forecast + unit * high }];
    });
    if (steps.some((step) => step.length === 0)) return [];
    const ends = steps.flat();
    const { origin, forecast, actual } = trial;
    const [low, high] = (["low", "high"] as const).map((end) => Float64Array.from(ends, (step) => step[end]));
    return [{ origin, forecast, actual, low, high }];
  });
  if (intervals.length > 0) return intervals;
  throw new RangeError(
    `rollingIntervals(): none of ${trials.length} forecasts has ${calibration} known errors before it; walk from earlier, or lower calibration`,
  );
}

/** Actual minus forecast at a distance, of all forecasts whose value was known at the origin. */
function errorsBefore(
  trials: readonly Trial[],
  { origin, step, relative }: { origin: number; step: number; relative: boolean },
): number[] {
  const known = trials.filter((trial) => trial.origin + step + 1 <= origin);
  return known.map(({ forecast, actual }) => {
    const error = actual[step] - forecast[step];
    return relative ? error / Math.abs(forecast[step]) : error;
  });
}
