import type * as tf from "@tensorflow/tfjs";

/** A loss or a metric, of labels and predictions. */
export type Score = (labels: tf.Tensor, predictions: tf.Tensor) => tf.Tensor;

/** How a loss or metric is named in `compile`: by its name, or as a function. */
export type Named = string | Score;

/** Tensors as TensorFlow.js takes them for a model of several inputs or outputs: one, a list, or by name. */
export type Tensors = tf.Tensor | tf.Tensor[] | Record<string, tf.Tensor>;

/** The parts of `tf.LayersModel` that TensorFlow.js keeps for itself and that are read or replaced here. */
export interface InnerModel {
  inputs: tf.SymbolicTensor[];
  outputs: tf.SymbolicTensor[];
  outputNames: string[];
  feedOutputShapes: (tf.Shape | null)[];
  loss: Named | Named[] | Record<string, Named>;
  lossFunctions: Score[];
  metrics: Named | Named[] | Record<string, Named | Named[]> | undefined;
  metricsNames: string[];
  /** The function of each metric and the output it looks at; the losses of several outputs come first. */
  metricsTensors: [Score, number][];
  collectedTrainableWeights: { read(): tf.Variable; constraint?: { apply(weight: tf.Tensor): tf.Tensor } | null }[];
  optimizer_: tf.Optimizer;
  isTraining: boolean;
  testFunction: (data: (tf.Tensor | null)[]) => tf.Scalar[];
  call(inputs: tf.Tensor[], kwargs: { training: boolean }): tf.Tensor[];
  calculateLosses(): tf.Scalar[];
  makeTrainFunction(): (data: (tf.Tensor | null)[]) => tf.Scalar[];
  standardizeUserDataXY(x: Tensors, y: Tensors, ...rest: unknown[]): [tf.Tensor[], tf.Tensor[]];
}

/** The tensors of a structure, in the order of the names. */
export function listOf(tensors: Tensors, names: string[]): tf.Tensor[] {
  if (Array.isArray(tensors)) return tensors;
  return isTensor(tensors) ? [tensors] : names.map((name) => (tensors as Record<string, tf.Tensor>)[name]);
}

/** A structure of the same form, each tensor replaced; `at` is its place among the names. */
export function mapTensors(
  tensors: Tensors,
  names: string[],
  change: (tensor: tf.Tensor, at: number) => tf.Tensor,
): Tensors {
  if (isTensor(tensors)) return change(tensors, 0);
  if (Array.isArray(tensors)) return tensors.map(change);
  const entries = Object.entries(tensors as Record<string, tf.Tensor>);
  return Object.fromEntries(entries.map(([name, tensor]) => [name, change(tensor, names.indexOf(name))]));
}

/** Whether something is a tensor, of whichever copy of TensorFlow.js. */
export function isTensor(value: unknown): value is tf.Tensor {
  return typeof value === "object" && value !== null && "dataId" in value && "dtype" in value;
}
