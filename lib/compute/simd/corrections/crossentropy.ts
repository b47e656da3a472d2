import * as tf from "@tensorflow/tfjs";
import { gradientDepth } from "../engine/gradientDepth";
import { layerClass } from "./correctMethod";
import { runKernel } from "./gradientConfigs";
import type { InnerModel } from "./innerModel";
import { lossNamed } from "./labels";

/** An activation, as TensorFlow.js' layers hold it. */
interface Activation {
  getClassName(): string;
  apply(logits: tf.Tensor): tf.Tensor;
}

/** A layer that ends in an activation. */
interface Ending {
  activation: Activation;
  inboundNodes: unknown[];
  outboundNodes: unknown[];
}

/** The layers that do all they do before their activation. */
const ENDING = ["Dense", "Conv1D", "Conv2D", "Conv3D", "Activation"];

/** The kernel of lib/compute/tensorflow/sparseCrossentropy. */
const SPARSE = "SparseCrossentropy";

/** The losses that follow from what comes before the activation. */
const LOSSES: Record<string, { activation: string; of: (labels: tf.Tensor, logits: tf.Tensor) => tf.Tensor }> = {
  categoricalCrossentropy: { activation: "softmax", of: categorical },
  sparseCategoricalCrossentropy: {
    activation: "softmax",
    of(labels, logits) {
      const places = tf.cast(tf.reshape(labels, logits.shape.slice(0, -1)), "int32");
      if (hasSparseKernel(logits)) return sparse(places, logits);
      return categorical(tf.cast(tf.oneHot(places, logits.shape.at(-1) as number), "float32"), logits);
    },
  },
  binaryCrossentropy: {
    activation: "sigmoid",
    of(labels, logits) {
      const spread = tf.log1p(tf.exp(tf.neg(tf.abs(logits))));
      return tf.mean(tf.add(tf.sub(tf.relu(logits), tf.mul(logits, labels)), spread), -1);
    },
  },
};

/**
 * Calls a model whose crossentropies shall follow from the logits, as in Keras: TensorFlow.js takes them of the
 * probabilities, cut off at 1e-7, where the gradient of what is surely wrong is zero and nothing is learned of it.
 *
 * @returns the outputs, and for each that ends in softmax or sigmoid with its crossentropy the logits
 */
export function callForLogits(
  model: InnerModel,
  call: () => tf.Tensor[],
): { outputs: tf.Tensor[]; logits: (tf.Tensor | null)[] } {
  const endings = model.outputs.map((_, at) => endingOf(model, at));
  const activations = endings.map((ending) => ending?.activation);
  endings.forEach((ending) => ending && (ending.activation = linear()));
  let given: tf.Tensor[];
  try {
    given = call();
  } finally {
    endings.forEach((ending, at) => ending && (ending.activation = activations[at]!));
  }
  return {
    outputs: given.map((tensor, at) => activations[at]?.apply(tensor) ?? tensor),
    logits: given.map((tensor, at) => (endings[at] ? tensor : null)),
  };
}

/** The crossentropy of an output, of its logits; one for each sample, or step of a sequence. */
export function crossentropy(model: InnerModel, output: number, [labels, logits]: [tf.Tensor, tf.Tensor]): tf.Tensor {
  return LOSSES[lossNamed(model, output) as string].of(labels, logits);
}

/** The layer that an output comes of, where its activation is the one of the loss and nothing else takes from it. */
function endingOf(model: InnerModel, output: number): Ending | null {
  const { sourceLayer } = model.outputs[output];
  const layer = sourceLayer as unknown as Ending;
  const loss = LOSSES[lossNamed(model, output) as string];
  if (!loss || !ENDING.some((name) => sourceLayer.constructor === (layerClass(name) as unknown))) return null;
  const isAlone = layer.inboundNodes.length === 1 && layer.outboundNodes.length === 0;
  const isOnce = model.outputs.filter((other) => other.sourceLayer === sourceLayer).length === 1;
  return isAlone && isOnce && layer.activation?.getClassName() === loss.activation ? layer : null;
}

/** Whether the backend in use has the crossentropy in one operation, whose gradient is not differentiated again. */
function hasSparseKernel({ rank, dtype }: tf.Tensor): boolean {
  return rank === 2 && dtype === "float32" && gradientDepth() < 2 && Boolean(tf.getKernel(SPARSE, tf.getBackend()));
}

function sparse(labels: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  const [losses] = runKernel(SPARSE, { logits, labels }) as unknown as tf.Tensor[];
  return losses;
}

function categorical(labels: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  return tf.neg(tf.sum(tf.mul(labels, tf.logSoftmax(logits)), -1));
}

let nothing: Activation | undefined;

/** TensorFlow.js' activation that does nothing. */
function linear(): Activation {
  const make = () => tf.layers.activation({ activation: "linear", name: "linear" }) as unknown as Ending;
  return (nothing ??= make().activation);
}
