import * as tf from "@tensorflow/tfjs";
import type { Windows } from "../data/windows";
import { predictRows } from "./predictRows";

/** The best weights of a training so far. */
export interface BestWeights {
  /** The epoch they are from; 0 before the first. */
  readonly epoch: number;
  /** Measures the mean squared error of the validation, and keeps the weights where it is the least. */
  look(epoch: number): number | undefined;
  /** Gives them back to the model. */
  restore(): void;
}

/**
 * Keeps the weights with which a forecaster errs least on a validation; without one it does nothing.
 *
 * @internal
 */
export function keepBest(model: tf.LayersModel, validation?: Windows): BestWeights {
  let [least, kept]: [number, Float32Array[]] = [Infinity, []];
  const best = {
    epoch: 0,
    look(epoch: number) {
      if (!validation) return undefined;
      const loss = squaredError(predictRows(model, validation.inputs), validation.targets);
      if (loss < least) {
        [least, best.epoch] = [loss, epoch];
        kept = model.getWeights().map((weight) => Float32Array.from(weight.dataSync()));
      }
      return loss;
    },
    restore() {
      if (kept.length === 0) return;
      tf.tidy(() => model.setWeights(model.getWeights().map(({ shape }, i) => tf.tensor(kept[i], shape))));
    },
  };
  return best;
}

function squaredError(forecast: Float32Array, actual: Float32Array): number {
  return forecast.reduce((sum, value, i) => sum + (value - actual[i]) ** 2, 0) / actual.length;
}
