import { directWindows } from "../data/directWindows";
import { leastSquares } from "./leastSquares";
import type { FitMethod } from "./walkForward";
import { windowMethod, type WindowLearner } from "./windowMethod";

/** How a linear forecast looks back. */
export interface LinearMethodOptions {
  /** Periods it looks back on, default 12. */
  steps?: number;
  /** Periods in each forecast, default 4. */
  ahead?: number;
  /** Draws the coefficients to 0, in units of the inputs' mean squares; default 0.001. */
  ridge?: number;
}

/**
 * A direct forecast by linear regression on the same windows that `lstmMethod` learns from: one ridge regression (Hoerl and
 * Kennard, 1970) for each distance. It is what a network has to beat.
 */
export function linearMethod({ steps = 12, ahead = 4, ridge = 0.001 }: LinearMethodOptions = {}): FitMethod {
  const learn: WindowLearner = async (rows, { columns }) => {
    const { inputs, targets, count } = directWindows(rows, columns, { steps, ahead });
    const size = steps * columns;
    const examples = Array.from({ length: count }, (_, i) => [1, ...inputs.subarray(i * size, (i + 1) * size)]);
    const weights = Array.from({ length: ahead }, (_, step) => {
      const own = targets.filter((_, i) => i % ahead === step);
      return leastSquares(examples, own, ridge);
    });
    return (window) => weights.map((own) => window.reduce((sum, value, i) => sum + value * own[i + 1], own[0]));
  };
  return windowMethod(learn, { steps, ahead });
}
