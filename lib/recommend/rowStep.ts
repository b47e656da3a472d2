import type { Csr } from "./csr";

/** Where a step is taken: along the gradient of one row. */
export interface RowStep {
  readonly features: Csr;
  readonly row: number;
  /**
   * Of the loss with respect to the row's representation: [components + 1], the bias last. A feature's own gradient is
   * this times its weight in the row.
   */
  readonly gradient: Float64Array;
}

/** How strongly numbers are pulled towards 0 after their steps. */
export interface Penalty {
  /** Default 0. */
  readonly alpha?: number;
  /** Push away from 0 instead, as LightFM does before it shrinks all parameters at once (see `buildLearner`). */
  readonly lazy?: boolean;
}

/**
 * The L2 penalty `alpha / 2 * value²` of one number, as the proximal step that follows a gradient step of this size
 * (Parikh and Boyd, "Proximal Algorithms", 2014): it never overshoots 0, however large alpha.
 *
 * @param strength - alpha times the size of the gradient step
 */
export function pull(
  values: Float32Array,
  index: number,
  { strength, lazy }: { strength: number; lazy: boolean },
): void {
  if (lazy) values[index] *= 1 + strength;
  else values[index] /= 1 + strength;
}
