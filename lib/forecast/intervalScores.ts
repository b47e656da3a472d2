import { pinballLoss } from "./accuracy";
import type { IntervalTrial } from "./rollingIntervals";

/** How good intervals of one distance were. */
export interface IntervalScores {
  /** Periods ahead, from 1. */
  step: number;
  /** The share of the values that lay within. */
  coverage: number;
  /** The mean width. */
  width: number;
  /** The mean pinball loss of the two ends, as forecasts of their quantiles. */
  pinball: number;
  /** How many intervals there were. */
  count: number;
}

/**
 * Coverage, width and pinball loss of intervals, for each distance.
 *
 * @param intervals - as from `rollingIntervals`
 * @param coverage - the share that they were to hold, between 0 and 1
 * @throws RangeError for no intervals
 */
export function intervalScores(intervals: readonly IntervalTrial[], coverage = 0.8): IntervalScores[] {
  if (intervals.length === 0) throw new RangeError("intervalScores(): there are no intervals; make some first");
  return Array.from(intervals[0].forecast, (_, step) => {
    const [low, high, actual] = (["low", "high", "actual"] as const).map((key) =>
      intervals.map((own) => own[key][step]),
    );
    const inside = actual.filter((value, i) => low[i] <= value && value <= high[i]).length;
    const width = high.reduce((sum, value, i) => sum + value - low[i], 0) / high.length;
    const tail = (1 - coverage) / 2;
    const pinball = (pinballLoss(low, actual, tail) + pinballLoss(high, actual, 1 - tail)) / 2;
    return { step: step + 1, coverage: inside / actual.length, width, pinball, count: actual.length };
  });
}

/**
 * The same as means over all distances.
 *
 * @throws RangeError for no intervals
 */
export function meanIntervalScores(
  intervals: readonly IntervalTrial[],
  coverage = 0.8,
): Omit<IntervalScores, "step" | "count"> {
  const steps = intervalScores(intervals, coverage);
  const mean = (key: "coverage" | "width" | "pinball") =>
    steps.reduce((sum, step) => sum + step[key] / steps.length, 0);
  return { coverage: mean("coverage"), width: mean("width"), pinball: mean("pinball") };
}
