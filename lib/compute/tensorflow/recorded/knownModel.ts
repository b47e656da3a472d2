import * as tf from "@tensorflow/tfjs";
import type { InnerModel } from "../../simd/corrections/innerModel";

/** Layers whose work follows from their inputs and weights alone, in each step as in the one before. */
const LAYERS = [
  ...[
    "InputLayer",
    "Dense",
    "Embedding",
    "Flatten",
    "Reshape",
    "Permute",
    "RepeatVector",
    "Model",
    "Functional",
    "Sequential",
  ],
  ...["Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "DepthwiseConv2D", "SeparableConv2D"],
  ...["ZeroPadding2D", "Cropping2D", "UpSampling2D", "BatchNormalization", "LayerNormalization"],
  ...["MaxPooling", "AveragePooling"].flatMap((name) => [1, 2, 3].map((axes) => `${name}${axes}D`)),
  ...["GlobalAveragePooling", "GlobalMaxPooling"].flatMap((name) => [1, 2].map((axes) => `${name}${axes}D`)),
  ...["Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax", "ThresholdedReLU"],
  ...["Add", "Average", "Concatenate", "Dot", "Maximum", "Minimum", "Multiply"],
  ...["LSTM", "GRU", "SimpleRNN"],
  ...["Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout"], // which draw other numbers each time, unless their rate is 0
];

const OPTIMIZERS = [
  tf.SGDOptimizer,
  tf.MomentumOptimizer,
  tf.AdagradOptimizer,
  tf.AdadeltaOptimizer,
  tf.RMSPropOptimizer,
  tf.AdamOptimizer,
  tf.AdamaxOptimizer,
] as unknown[];

/** What is looked at of a layer, also of a model within another. */
interface Looked {
  constructor: { className?: string };
  layers?: Looked[];
  trainable: boolean;
  [part: string]: unknown;
}

/** Parts of a layer that a person may have written: a function or a class of their own may do something else in each step. */
const PARTS = /(activation|regularizer|constraint)$/i;

/**
 * Whether a model's training step is nothing but TensorFlow.js' own work: layers, losses, metrics and an optimizer of its own. What
 * somebody else has written may look at a variable of JavaScript, which a recorded step would not see change.
 */
export function isKnown(model: InnerModel): boolean {
  const named = [model.loss, model.metrics ?? []].flatMap(leaves);
  const isOptimizer = OPTIMIZERS.includes(model.optimizer_?.constructor);
  return isOptimizer && named.every((one) => typeof one === "string") && layersOf(model).every(isOwnLayer);
}

/** All layers, also those of models within it. */
export function layersOf(model: unknown): Looked[] {
  return ((model as Looked).layers ?? []).flatMap((layer) => [layer, ...layersOf(layer)]);
}

function isOwnLayer(layer: Looked): boolean {
  const isNamed =
    LAYERS.includes(layer.constructor.className ?? "") && isRegistered(layer) && !layer.stateful && !layer._callHook;
  return isNamed && [layer, layer.cell as Looked | undefined].every((one) => !one || partsOf(one).every(isRegistered));
}

function partsOf(layer: Looked): object[] {
  return Object.entries(layer).flatMap(([name, part]) => (PARTS.test(name) && part && typeof part === "object" ? [part] : [])); // prettier-ignore
}

/** Whether something's class is the one that TensorFlow.js itself has under its name. */
function isRegistered(part: object): boolean {
  const { constructor } = part as Looked;
  const [found] = tf.serialization.SerializationMap.getMap().classNameMap[constructor.className ?? ""] ?? [];
  return (found as unknown) === constructor;
}

function leaves(value: unknown): unknown[] {
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(leaves) : [value];
}
