import * as tf from "@tensorflow/tfjs";
import { fuseCall } from "./fuseCall";

let isDone = false;

/**
 * Has the layer `reLU({ maxValue: 6 })` be one operation, relu6, where TensorFlow.js makes two: the same numbers and the
 * same gradient.
 */
export function registerFusedRelu6(): void {
  if (isDone) return;
  isDone = true;
  fuseCall<{ maxValue?: number }>("ReLU", ({ maxValue }, x) => (maxValue === 6 ? tf.relu6(x) : null));
}
