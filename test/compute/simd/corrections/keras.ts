import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { registerSimd } from "../../../../lib/compute/simd/registerSimd";

/** A tensor as the fixture holds it. */
export interface Kept {
  shape: number[];
  dtype: "float32" | "int32" | "bool";
  values: number[];
}

/** A layer by its name and options, in TensorFlow.js' words. */
export type LayerSpec = [string, Record<string, unknown>];

/** A sequential model, what Keras predicts with it, and how it is evaluated and trained there. */
export interface Case {
  name: string;
  layers: LayerSpec[];
  /** Of each layer. */
  weights: Kept[][];
  x: Kept;
  predicted: Kept;
  y?: Kept;
  loss: string;
  metrics: string[];
  rate: number;
  fit: { batchSize: number; epochs: number; validationSplit: number };
  sampleWeight?: Kept;
  classWeight?: Record<number, number>;
  validationData?: Kept[];
  evaluated: number[];
  history: Record<string, number[]>;
  trained: Kept[][];
}

/** What Keras does, by what it is about. */
export const keras = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "..", "fixtures", "kerasLayers.json"), "utf8"),
);

/** Makes `simd` the backend in use. */
export async function useSimd(): Promise<void> {
  registerSimd();
  await tf.setBackend("simd");
}

/** The tensor that the fixture holds. */
export function tensorOf({ shape, dtype, values }: Kept): tf.Tensor {
  return tf.tensor(values, shape, dtype);
}

/** Asserts that numbers are Keras' to the accuracy of float32. */
export function near(got: ArrayLike<number>, wanted: ArrayLike<number>, message: string, tolerance = 2e-5): void {
  assert.equal(got.length, wanted.length, message);
  Array.from(got, (number, at) => {
    const isNear = Math.abs(number - wanted[at]) <= tolerance * (1 + Math.abs(wanted[at]));
    assert.ok(isNear, `${message}: number ${at} is ${number}, Keras has ${wanted[at]}`);
  });
}

/** The layer, made by TensorFlow.js. */
export function layerOf([name, options]: LayerSpec, inputShape?: number[], inputDType?: string): tf.layers.Layer {
  const make = (tf.layers as unknown as Record<string, (options: object) => tf.layers.Layer>)[
    name.replace(/(\d)D/, "$1d")
  ];
  const made = Object.entries(options).map(([key, value]) => [key, valueOf(key, value)]);
  return make({ ...Object.fromEntries(made), ...(inputShape ? { inputShape, inputDType } : {}) });
}

/** An option; layers, regularizers and constraints are named in the fixture, with their options. */
function valueOf(key: string, value: unknown): unknown {
  if (key === "layer") return layerOf(value as LayerSpec);
  if (!/Regularizer$|Constraint$/.test(key)) return value;
  const [name, options] = value as LayerSpec;
  if (key.endsWith("Regularizer")) return tf.regularizers.l1l2({ l1: 0, l2: 0, ...options });
  const make = (tf.constraints as unknown as Record<string, (options: object) => unknown>)[
    name[0].toLowerCase() + name.slice(1)
  ];
  return make(options);
}

/** The model with the weights it begins with. */
export function modelOf({ layers, x, weights }: Pick<Case, "layers" | "x" | "weights">): tf.Sequential {
  const made = layers.map((spec, at) => (at === 0 ? layerOf(spec, x.shape.slice(1), x.dtype) : layerOf(spec)));
  const model = tf.sequential({ layers: made });
  setWeights(model, weights);
  return model;
}

/** Gives each layer its weights. */
export function setWeights(model: tf.LayersModel, weights: Kept[][]): void {
  const layers = model.layers.filter((layer) => layer.getClassName() !== "InputLayer");
  const given = weights.length === layers.length ? weights : weights.filter((list) => list.length > 0);
  const taking = weights.length === layers.length ? layers : layers.filter((layer) => layer.weights.length > 0);
  tf.tidy(() => taking.forEach((layer, at) => layer.setWeights(given[at].map(tensorOf))));
}

/** Asserts that each layer has Keras' weights. */
export function sameWeights(model: tf.LayersModel, weights: Kept[][], message: string): void {
  const got = model.layers.flatMap((layer) => layer.getWeights());
  const wanted = weights.flat();
  assert.deepEqual(
    got.map(({ shape }) => shape),
    wanted.map(({ shape }) => shape),
    message,
  );
  got.forEach((weight, at) => near(weight.dataSync(), wanted[at].values, `${message}: weight ${at}`));
}

/** Asserts that a model predicts, evaluates and trains as in Keras, and leaves no tensor behind. */
export async function asKeras(given: Case): Promise<void> {
  const before = tf.memory().numTensors;
  const model = modelOf(given);
  const x = tensorOf(given.x);
  const predicted = model.predict(x) as tf.Tensor;
  assert.deepEqual(predicted.shape, given.predicted.shape, given.name);
  near(predicted.dataSync(), given.predicted.values, `${given.name}: predicted`);
  if (given.y) await trainsAsKeras(model, { ...given, y: given.y });
  tf.dispose([x, predicted]);
  model.dispose();
  assert.equal(tf.memory().numTensors, before, `${given.name}: tensors are left`);
}

async function trainsAsKeras(model: tf.Sequential, given: Case & { y: Kept }): Promise<void> {
  const { loss, metrics, rate, classWeight, name } = given;
  const { batchSize, epochs, validationSplit } = given.fit;
  const [x, y] = [tensorOf(given.x), tensorOf(given.y)];
  const sampleWeight = given.sampleWeight && tensorOf(given.sampleWeight);
  const validationData = given.validationData?.map(tensorOf) as [tf.Tensor, tf.Tensor] | undefined;
  const optimizer = tf.train.sgd(rate);
  model.compile({ optimizer, loss, metrics });
  const scores = [model.evaluate(x, y, { batchSize, sampleWeight } as object)].flat();
  near(scores.map((score) => score.dataSync()[0]), given.evaluated, `${name}: evaluated`); // prettier-ignore
  const { history } = await model.fit(x, y, {
    ...{ batchSize, epochs, validationSplit, validationData, sampleWeight, classWeight },
    shuffle: false,
    verbose: 0,
  });
  for (const [label, wanted] of Object.entries(given.history))
    near(history[label.replace("accuracy", "acc")] as number[], wanted, `${name}: ${label}`);
  sameWeights(model, given.trained, `${name}: trained`);
  tf.dispose([x, y, ...scores, ...(sampleWeight ? [sampleWeight] : []), ...(validationData ?? [])]);
  optimizer.dispose();
}
