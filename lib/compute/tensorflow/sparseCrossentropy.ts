import * as tf from "@tensorflow/tfjs";
import type { SparseGradConfig } from "../simd/engine/patchEngine";
import { floatType, type NodeBackend } from "./nodeBackend";
import type { Call } from "./replaceKernel";

/** Gives the crossentropies [n] of logits [n, classes] and labels [n], and the gradients of their sum by the logits. */
const kernelName = "SparseCrossentropy";

/**
 * Gives the backend `tensorflow` softmax, crossentropy and its gradient in one operation, which the loss of sparse labels takes
 * where it is there. On the CPU it refuses a label that is no class, as Keras does.
 */
export function registerSparseCrossentropy(): void {
  if (tf.getKernel(kernelName, "tensorflow")) return;
  tf.registerKernel({ kernelName, backendName: "tensorflow", kernelFunc: run });
  tf.registerGradient(gradient);
}

function run({ inputs: { logits, labels }, backend }: Call): tf.Tensor[] {
  const node = backend as NodeBackend;
  const labelType = { name: "Tlabels", type: node.binding.TF_ATTR_TYPE, value: node.binding.TF_INT32 };
  const attributes = [floatType(node, "T"), labelType];
  return node.executeMultipleOutputs("SparseSoftmaxCrossEntropyWithLogits", attributes, [logits!, labels!], 2);
}

const gradient: SparseGradConfig = {
  kernelName,
  outputsToSave: [false, true],
  missingGradients: true,
  gradFunc(dys, [ofSum]) {
    const [dy] = dys as tf.Tensor[];
    return { logits: () => tf.mul(tf.reshape(dy, [-1, 1]), ofSum) };
  },
};
