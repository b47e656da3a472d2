import * as tf from "@tensorflow/tfjs";

/** What this machine can do with the threads that are there. */
export interface Machine {
  /** Multiplications and additions a second, of products in the cache. */
  flops: number;
  /** Bytes a second, read and written, of a large copy. */
  bytes: number;
}

const SIDE = 256;
const COPIED = 1 << 24;
const TRIALS = 9;

/** Measures it, the best of a few trials, on the backend in use. */
export function measureMachine(): Machine {
  return tf.tidy(() => {
    const side = tf.ones([SIDE, SIDE]) as tf.Tensor2D;
    const large = tf.ones([COPIED]);
    const product = fastest(() => tf.matMul(side, side).dispose());
    const copy = fastest(() => tf.neg(large).dispose());
    return { flops: (2 * SIDE ** 3) / product, bytes: (2 * 4 * COPIED) / copy };
  });
}

function fastest(run: () => void): number {
  let best = Infinity;
  for (let trial = 0; trial < TRIALS; trial++) {
    const started = performance.now();
    run();
    best = Math.min(best, performance.now() - started);
  }
  return best / 1000;
}
