import * as tf from "@tensorflow/tfjs";
import { seededRandom, type Random } from "../../lib/random";

/** How large a net and its batches are. */
export interface Size {
  /** Examples of a step. */
  batch: number;
  /** Height and width of images; steps of a sequence. */
  side: number;
  /** Multiplies the numbers of filters and units. */
  width: number;
}

/** A training program: a model or several, data, and how a step is made of them. */
export interface Program {
  /** Trains so many steps; resolves to the loss of each, where the program has them, or of the last. */
  train(steps: number): Promise<number[]>;
  /** Predicts so many examples; missing where the net has no prediction of its own. */
  predict?(count: number): void;
  /** Draws so many examples, which the next call for as many works on. */
  prepare(count: number): void;
  /** Trainable parameters. */
  parameters: number;
}

/** A kind of net, as a person would write it with TensorFlow.js; peer.py has the same one in Keras. */
export interface ZooNet {
  title: string;
  /** The size of a real exercise. */
  size: Size;
  /** One that plain JavaScript trains in moments. */
  tiny: Size;
  make(size: Size): Program;
}

/** Examples drawn at random for each step of a program; the same for the same shapes. */
export interface Examples {
  x: tf.Tensor;
  y: tf.Tensor;
}

/** A program of plain `model.fit`: an epoch of as many batches as steps are asked for, in their order. */
export function fitProgram(model: tf.LayersModel, draw: (count: number) => Examples, { batch }: Size): Program {
  setWeights(model);
  let drawn: Examples | undefined;
  function examples(count: number): Examples {
    if (drawn?.x.shape[0] === count) return drawn;
    if (drawn) tf.dispose([drawn.x, drawn.y]);
    return (drawn = draw(count));
  }
  return {
    parameters: countTrainable(model),
    prepare: (count) => void examples(count),
    async train(steps) {
      const { x, y } = examples(steps * batch);
      const losses: number[] = [];
      const callbacks = { onBatchEnd: (_: number, logs?: tf.Logs) => void losses.push(logs!.loss) };
      await model.fit(x, y, { batchSize: batch, epochs: 1, shuffle: false, verbose: 0, callbacks });
      return losses;
    },
    predict(count) {
      tf.tidy(() => void (model.predict(examples(count).x, { batchSize: 256 }) as tf.Tensor).dataSync());
    },
  };
}

/** A program whose step is written out: it gives the loss, and disposes of what it makes. */
export function stepProgram(models: tf.LayersModel[], step: (example: number) => tf.Scalar, count?: number): Program {
  models.forEach(setWeights);
  return {
    parameters: count ?? models.reduce((sum, model) => sum + countTrainable(model), 0),
    prepare: () => {},
    async train(steps) {
      const losses: number[] = [];
      for (let i = 0; i < steps; i++) losses.push(tf.tidy(() => step(i).dataSync()[0]));
      return losses;
    },
  };
}

export function countTrainable(model: tf.LayersModel): number {
  return model.trainableWeights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0);
}

/** Weights of Glorot's scale from a generator of our own, so that every backend starts with the same. */
export function setWeights(model: tf.LayersModel): void {
  const random = seededRandom(7);
  for (const weight of model.weights)
    tf.tidy(() => void weight.write(startOf(weight.originalName, weight.shape as number[], random)));
}

function startOf(name: string, shape: number[], random: Random): tf.Tensor {
  if (/gamma|variance/.test(name)) return tf.ones(shape);
  if (shape.length < 2) return tf.zeros(shape);
  const fan = tf.util.sizeFromShape(shape.slice(0, -1)) + shape[shape.length - 1];
  return uniform(shape, random, { low: -Math.sqrt(6 / fan), high: Math.sqrt(6 / fan) });
}

/** Numbers spread evenly. */
export function uniform(shape: number[], random: Random, { low = 0, high = 1 } = {}): tf.Tensor {
  const values = Float32Array.from(
    { length: tf.util.sizeFromShape(shape) },
    () => low + (high - low) * random.uniform(),
  );
  return tf.tensor(values, shape);
}

/** Whole numbers below `most`, as float32. */
export function wholeNumbers(shape: number[], most: number, random: Random): tf.Tensor {
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => Math.floor(random.uniform() * most));
  return tf.tensor(values, shape);
}

/** Images [count, side, side, channels] with labels [count, 1] of ten classes. */
export function labelledImages({ side }: Size, channels = 1): (count: number) => Examples {
  return (count) => {
    const random = seededRandom(1);
    return { x: uniform([count, side, side, channels], random), y: wholeNumbers([count, 1], 10, random) };
  };
}

export const compiled = (model: tf.LayersModel, loss: string = "sparseCategoricalCrossentropy"): tf.LayersModel => {
  const metrics = loss === "sparseCategoricalCrossentropy" || loss === "binaryCrossentropy" ? ["accuracy"] : [];
  model.compile({ optimizer: tf.train.adam(), loss, metrics });
  return model;
};
