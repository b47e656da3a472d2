import * as tf from "@tensorflow/tfjs";
import { registerConvolution } from "./convolution";
import { registerMaxPooling } from "./maxPooling";
import type { NodeBackend } from "./nodeBackend";
import { windowAttributes } from "./windowAttributes";

let isDone = false;

/**
 * Has the backend `tensorflow` take oneDNN's operations on the CPU, which TensorFlow takes by itself only where it makes a
 * graph: a convolution with its bias, and max pooling with its gradient, for which its own kernel takes some ten times as
 * long. A GPU and a library without oneDNN go on with what tfjs-node takes.
 */
export function registerOneDnn(): void {
  if (isDone || !hasOneDnn(tf.backend() as unknown as NodeBackend)) return;
  isDone = true;
  registerConvolution();
  registerMaxPooling();
}

/** Whether the operations are there, as one of them tells. */
function hasOneDnn(node: NodeBackend): boolean {
  if (node.isUsingGpuDevice) return false;
  const attributes = windowAttributes(node, "valid", { ksize: [1, 1, 1, 1], strides: [1, 1, 1, 1] });
  try {
    tf.tidy(() => node.executeMultipleOutputs("_MklNativeMaxPool", attributes, [tf.zeros([1, 1, 1, 1])], 2));
    return true;
  } catch {
    return false;
  }
}
