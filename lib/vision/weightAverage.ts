import * as tf from "@tensorflow/tfjs";
import type { Tensors } from "./checkpoint";

/** A running mean of a model's weights. */
export interface WeightAverage {
  /** Takes the weights in after a step. */
  update(): Promise<void>;
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
export async function averageWeights(model: tf.LayersModel, decay: number): Promise<WeightAverage> {
  let steps = 0;
  let means = await valuesOf(model);
  return {
    async update() {
      steps++;
      const share = 1 - Math.min(decay, (1 + steps) / (WARM_UP + steps));
      for (const [i, weight] of model.getWeights().entries()) approach(means[i], await weight.data(), share);
    },
    async during(action) {
      const own = await valuesOf(model);
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

function valuesOf(model: tf.LayersModel): Promise<Float32Array[]> {
  return Promise.all(model.getWeights().map(async (weight) => Float32Array.from(await weight.data())));
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
