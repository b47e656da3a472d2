import type { Csr } from "./csr";

/** What a step along the gradient of one row needs. */
export interface RowStep {
  readonly features: Csr;
  readonly row: number;
  /**
   * Of the loss with respect to the row's representation: [components + 1], the bias last. A feature's own gradient is
   * this times its weight in the row.
   */
  readonly gradient: Float64Array;
  /** How strongly to pull towards 0; default 0. */
  readonly alpha?: number;
  /** Push away from 0 instead, as LightFM does before it shrinks all parameters at once (see `buildLearner`). */
  readonly lazy?: boolean;
}

/**
 * The L2 penalty `alpha / 2 * value²` of one number, as the proximal step that follows a gradient step of this size
 * (Parikh and Boyd, "Proximal Algorithms", 2014): it never overshoots 0, however large alpha.
 */
export function pull(values: Float32Array, index: number, rate: number, { alpha = 0, lazy = false }: RowStep): void {
  if (alpha === 0) return;
  if (lazy) values[index] *= 1 + alpha * rate;
  else values[index] /= 1 + alpha * rate;
}
