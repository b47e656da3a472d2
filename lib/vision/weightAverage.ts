import * as tf from "@tensorflow/tfjs";
import type { Tensors } from "./checkpoint";

/** A running mean of a model's weights. */
export interface WeightAverage {
  /** Takes the weights in after a step. */
  update(): void;
  /** Runs something while the model has the mean weights, and puts its own back. */
  during<Result>(action: () => Promise<Result>): Promise<Result>;
  /** Leaves the model with the mean weights. */
  apply(): void;
  /** The state, for a checkpoint. */
  capture(): Tensors;
  /** Goes on from the state of a checkpoint. */
  restore(tensors: Tensors): void;
}

/** The first steps count more, so that the mean soon forgets where the training started: (1 + n) / (10 + n). */
const WARM_UP = 10;

/**
 * The exponential moving average of a model's weights (Polyak and Juditsky, 1992), the running statistics of
 * normalization among them. After step n the weight of the old mean is `decay`, or (1 + n) / (10 + n) where that is less,
 * as TensorFlow has it.
 *
 * @internal
 */
export function averageWeights(model: tf.LayersModel, decay: number): WeightAverage {
  let steps = 0;
  let means = valuesOf(model);
  return {
    update() {
      steps++;
      const share = 1 - Math.min(decay, (1 + steps) / (WARM_UP + steps));
      model.getWeights().forEach((weight, i) => approach(means[i], weight.dataSync(), share));
    },
    async during(action) {
      const own = valuesOf(model);
      setValues(model, means);
      try {
        return await action();
      } finally {
        setValues(model, own);
      }
    },
    apply: () => setValues(model, means),
    capture: () => ({ "average steps": { shape: [1], values: Float32Array.of(steps) }, ...named(model, means) }),
    restore(tensors) {
      steps = tensors["average steps"].values[0];
      means = means.map((_, i) => Float32Array.from(tensors[nameOf(i)].values));
    },
  };
}

function valuesOf(model: tf.LayersModel): Float32Array[] {
  return model.getWeights().map((weight) => Float32Array.from(weight.dataSync()));
}

function approach(means: Float32Array, values: ArrayLike<number>, share: number): void {
  for (let i = 0; i < means.length; i++) means[i] += share * (values[i] - means[i]);
}

function setValues(model: tf.LayersModel, values: Float32Array[]): void {
  tf.tidy(() => model.setWeights(model.getWeights().map(({ shape }, i) => tf.tensor(values[i], shape))));
}

function named(model: tf.LayersModel, means: Float32Array[]): Tensors {
  const shapes = model.getWeights().map(({ shape }) => shape);
  return Object.fromEntries(means.map((values, i) => [nameOf(i), { shape: shapes[i], values: values.slice() }]));
}

function nameOf(index: number): string {
  return `average ${index}`;
}
