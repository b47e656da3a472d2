import * as tf from "@tensorflow/tfjs";
import { correctMethod } from "./correctMethod";
import { isTensor, listOf, mapTensors, type InnerModel, type Tensors } from "./innerModel";
import { isSparse } from "./labels";

/** The weight of each class by its number; a class that is not named weighs 1. */
export type ClassWeight = Record<number, number>;

/** Weights of one output: a tensor or plain numbers. */
type Weights = tf.Tensor | number[] | number[][] | Float32Array;

/** What weighs samples: of the only output, or of each output in a list or by name. */
export interface WeightOptions {
  /** One for each sample, [n], or for each step of a sequence, [n, steps]. */
  sampleWeight?: Weights | Weights[] | Record<string, Weights>;
  classWeight?: ClassWeight | ClassWeight[] | Record<string, ClassWeight>;
}

declare module "@tensorflow/tfjs-layers/dist/engine/training" {
  interface LayersModel {
    trainOnBatch(x: Tensors, y: Tensors, weights: WeightOptions): Promise<number | number[]>;
  }
}

declare module "@tensorflow/tfjs-layers/dist/models" {
  interface Sequential {
    trainOnBatch(x: Tensors, y: Tensors, weights: WeightOptions): Promise<number | number[]>;
  }
}

/** Weights of the labels of a batch that is on its way through TensorFlow.js' own loops, which know of none. */
export const attachedWeights = new WeakMap<tf.Tensor, tf.Tensor>();

/** The weights of what is evaluated just now. */
const evaluated = new WeakMap<InnerModel, (tf.Tensor | null)[]>();

/**
 * Has `fit`, `evaluate` and `trainOnBatch` weigh samples, the validation's among them: TensorFlow.js refuses
 * `sampleWeight`, or does not look at it. `classWeight` may leave classes out, which then weigh 1, and takes sparse
 * labels, one-hot ones and those of sequences, of any type. `trainOnBatch` takes both in a third argument.
 */
export function correctSampleWeights(): void {
  correctMethod(tf.LayersModel, "standardizeUserData", () => standardizeUserData);
  correctMethod(tf.LayersModel, "testLoop", (original) => {
    return function (this: InnerModel, f: unknown, ins: (tf.Tensor | null)[], ...rest: unknown[]) {
      return original.call(this, f, [...ins, ...(evaluated.get(this) ?? [])], ...rest);
    };
  });
  correctMethod(tf.LayersModel, "evaluate", (original) => {
    return function (this: InnerModel, x: Tensors, y: Tensors, args: WeightOptions = {}) {
      const given = args.sampleWeight ?? attachedTo(this, y);
      const weights = given && sampleWeightsOf(this, given, countOf(y));
      return evaluatingWith(this, weights, () => original.call(this, x, y, args));
    };
  });
  correctMethod(tf.LayersModel, "fit", (original) => {
    return async function (this: InnerModel, x: Tensors, y: Tensors, args: FitArgs = {}) {
      if (this.isTraining || !hasWeightedValidation(args)) return original.call(this, x, y, args);
      return fitWithValidation(this, { x, y, args }, (...call) => original.apply(this, call));
    };
  });
  correctMethod(tf.LayersModel, "trainOnBatch", (original) => {
    return async function (this: InnerModel, x: Tensors, y: Tensors, options: WeightOptions = {}) {
      if (!options.sampleWeight && !options.classWeight) return original.call(this, x, y);
      return trainOnWeighted(this, { x, y }, options);
    };
  });
  correctMethod(tf.Sequential, "trainOnBatch", () => {
    return async function (this: { model: tf.LayersModel }, x: Tensors, y: Tensors, options: WeightOptions) {
      return this.model.trainOnBatch(x, y, options);
    };
  });
}

/** The options of `fit` that are read here. */
interface FitArgs extends WeightOptions {
  validationSplit?: number;
  validationData?: [Tensors, Tensors] | [Tensors, Tensors, WeightOptions["sampleWeight"]];
}

/** The weights of each output of a batch, float32; the caller disposes of them. */
export async function weightsOf(
  model: InnerModel,
  labels: tf.Tensor[],
  { sampleWeight, classWeight }: WeightOptions,
): Promise<(tf.Tensor | null)[]> {
  if (sampleWeight && classWeight)
    throw new Error(
      "sampleWeight and classWeight were given together: multiply the weight of each sample's class into sampleWeight, " +
        "and leave classWeight out",
    );
  if (sampleWeight) return sampleWeightsOf(model, sampleWeight, labels[0].shape[0]);
  const given = perOutput(classWeight, model.outputNames, "classWeight");
  return Promise.all(
    given.map((weight, at) => weight && weightsOfClasses(labels[at], weight as ClassWeight, isSparse(model, at))),
  ) as Promise<(tf.Tensor | null)[]>;
}

/** Attaches weights to the labels of a batch; gives the weights, to be disposed of after it. */
export function attachWeights(labels: tf.Tensor[], weights: (tf.Tensor | null)[]): tf.Tensor[] {
  weights.forEach((weight, at) => weight && attachedWeights.set(labels[at], weight));
  return weights.filter(isTensor);
}

async function standardizeUserData(
  this: InnerModel,
  x: Tensors,
  y: Tensors,
  sampleWeight: WeightOptions["sampleWeight"],
  classWeight: WeightOptions["classWeight"],
  ...rest: unknown[]
) {
  const [xs, ys] = this.standardizeUserDataXY(x, y, ...rest);
  if (!sampleWeight && !classWeight) return [xs, ys, null];
  try {
    return [xs, ys, await weightsOf(this, ys, { sampleWeight, classWeight })];
  } catch (error) {
    disposeNew([...xs, ...ys], [x, y]);
    throw error;
  }
}

function evaluatingWith<R>(model: InnerModel, weights: (tf.Tensor | null)[] | undefined, evaluate: () => R): R {
  const before = evaluated.get(model);
  evaluated.set(model, weights ?? []);
  try {
    return evaluate();
  } finally {
    evaluated.set(model, before ?? []);
    tf.dispose((weights ?? []).filter(isTensor));
  }
}

function hasWeightedValidation({ validationData, validationSplit, sampleWeight }: FitArgs): boolean {
  return validationData?.length === 3 || (!validationData && !!validationSplit && !!sampleWeight);
}

async function fitWithValidation(
  model: InnerModel,
  given: { x: Tensors; y: Tensors; args: FitArgs },
  fit: (x: Tensors, y: Tensors, args: FitArgs) => unknown,
): Promise<unknown> {
  const { x, y, args, parts } = given.args.validationData ? { ...given, parts: [] } : splitOff(model, given);
  const [validX, validY, validWeight] = args.validationData!;
  const weights = sampleWeightsOf(model, validWeight!, countOf(validY));
  evaluated.set(model, weights);
  try {
    return await fit(x, y, { ...args, validationData: [validX, validY] });
  } finally {
    evaluated.delete(model);
    tf.dispose([...parts, ...weights.filter(isTensor)]);
  }
}

/** Splits a part off for validation, the last samples, as TensorFlow.js does. */
function splitOff(model: InnerModel, { x, y, args }: { x: Tensors; y: Tensors; args: FitArgs }) {
  const names = model.inputs.map(({ name }) => name);
  const count = countOf(y);
  const cut = Math.floor(count * (1 - args.validationSplit!));
  const weights = sampleWeightsOf(model, args.sampleWeight!, count);
  const parts: tf.Tensor[] = weights.filter(isTensor);
  const cutting = (from: number, to: number) => (tensor: tf.Tensor) => {
    const rest = tensor.rank > 1 ? tensor.shape.slice(1).map(() => 0) : [];
    const part = tf.slice(tensor, [from, ...rest], [to - from, ...tensor.shape.slice(1)]);
    parts.push(part);
    return part;
  };
  const [before, after] = [cutting(0, cut), cutting(cut, count)];
  const halves = [before, after].map((take) => ({
    x: mapTensors(x, names, take),
    y: mapTensors(y, model.outputNames, take),
    weight: weights.map((weight) => weight && take(weight)) as tf.Tensor[],
  }));
  const validationData = [halves[1].x, halves[1].y, halves[1].weight] as FitArgs["validationData"];
  const rest = { ...args, validationSplit: undefined, sampleWeight: halves[0].weight, validationData };
  return { x: halves[0].x, y: halves[0].y, args: rest as FitArgs, parts };
}

async function trainOnWeighted(model: InnerModel, { x, y }: { x: Tensors; y: Tensors }, options: WeightOptions) {
  const [xs, ys] = model.standardizeUserDataXY(x, y);
  try {
    const weights = await weightsOf(model, ys, options);
    const losses = model.makeTrainFunction()([...xs, ...ys, ...weights]);
    const numbers = (await Promise.all(losses.map((loss) => loss.data()))).map(([number]) => number);
    tf.dispose([...losses, ...weights.filter(isTensor)]);
    return numbers.length === 1 ? numbers[0] : numbers;
  } finally {
    disposeNew([...xs, ...ys], [x, y]);
  }
}

function disposeNew(tensors: tf.Tensor[], given: Tensors[]): void {
  const kept = new Set(given.flatMap((part) => (isTensor(part) ? [part] : Object.values(part))).map(({ id }) => id));
  tf.dispose(tensors.filter(({ id }) => !kept.has(id)));
}

function countOf(y: Tensors): number {
  return (isTensor(y) ? y : Object.values(y)[0]).shape[0];
}

function attachedTo(model: InnerModel, y: Tensors): Weights[] | undefined {
  if (!y) return undefined;
  const weights = listOf(y, model.outputNames).map((labels) => attachedWeights.get(labels));
  return weights.some((weight) => weight) ? (weights as Weights[]) : undefined;
}

/**
 * Weights of samples as tensors of float32, one for each output.
 *
 * @throws Error when there are more or fewer than samples
 */
function sampleWeightsOf(
  model: InnerModel,
  given: NonNullable<WeightOptions["sampleWeight"]>,
  count: number,
): (tf.Tensor | null)[] {
  return perOutput(given, model.outputNames, "sampleWeight").map((weights) => {
    if (weights === null) return null;
    const tensor = tf.tidy(() =>
      tf.cast(isTensor(weights) ? weights : tf.tensor(weights as number[]), "float32").clone(),
    );
    if (tensor.rank > 0 && tensor.shape[0] === count) return tensor;
    tensor.dispose();
    throw new Error(
      `sampleWeight is [${tensor.shape}] and there are ${count} samples: give a weight for each sample, [${count}], or ` +
        `for each step of a sequence, [${count}, steps]`,
    );
  });
}

/**
 * What is given for each output; null where nothing is.
 *
 * @throws Error when a model of several outputs is given something else than a list or names
 */
function perOutput(given: unknown, names: string[], what: string): unknown[] {
  const byName = given as Record<string, unknown>;
  const isNamed = typeof given === "object" && !isTensor(given) && !Array.isArray(given);
  if (isNamed && names.some((name) => name in byName)) return names.map((name) => byName[name] ?? null);
  const isList = Array.isArray(given) && given.every((part) => part === null || typeof part === "object");
  if (names.length === 1) return isList && given.length === 1 && !Array.isArray(given[0]) ? given : [given];
  if (isList && given.length === names.length) return given.map((part) => part ?? null);
  throw new Error(
    `${what} does not say which of the ${names.length} outputs it is for: give a list of ${names.length}, null where ` +
      `samples weigh the same, or an object with the keys ${names.join(", ")}`,
  );
}

/** One weight for each label, by its class: of one-hot labels [n, …, classes] the class is the greatest. */
async function weightsOfClasses(labels: tf.Tensor, weights: ClassWeight, sparse: boolean): Promise<tf.Tensor> {
  const last = labels.shape.at(-1) as number;
  const classes = tf.tidy(() => {
    if (labels.rank > 1 && last === 1) return tf.squeeze(labels, [labels.rank - 1]);
    return labels.rank === 1 || sparse ? labels.clone() : tf.argMax(labels, -1);
  });
  const numbers = await classes.data();
  const found = Float32Array.from(numbers, (number) => weights[Math.round(number)] ?? 1);
  classes.dispose();
  return tf.tensor(found, classes.shape);
}
