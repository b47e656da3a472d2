import type * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass } from "./correctMethod";

/** What is read of a dropout, and how often it has dropped. */
interface Dropout {
  seed?: number;
  drawn?: number;
}

/**
 * Has a dropout with a seed draw anew in each step, the same row of draws in each run: TensorFlow.js drops the same units
 * in every step, so that they are never trained.
 */
export function correctDropoutSeeds(): void {
  correctMethod(layerClass("Dropout"), "call", (original) => {
    return function (this: Dropout, inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean } = {}) {
      const { seed } = this;
      if (typeof seed !== "number" || !kwargs.training) return original.call(this, inputs, kwargs);
      this.drawn = (this.drawn ?? -1) + 1;
      this.seed = seed + this.drawn;
      try {
        return original.call(this, inputs, kwargs);
      } finally {
        this.seed = seed;
      }
    };
  });
}
