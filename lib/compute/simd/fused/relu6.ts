import * as tf from "@tensorflow/tfjs";

let isDone = false;

/**
 * Has the layer `reLU({ maxValue: 6 })` be one operation, relu6, where TensorFlow.js makes two: the same numbers and the
 * same gradient.
 */
export function registerFusedRelu6(): void {
  if (isDone) return;
  isDone = true;
  const { prototype } = tf.layers.reLU().constructor as { prototype: tf.layers.Layer };
  const original = prototype.call;
  prototype.call = function (this: tf.layers.Layer & { maxValue?: number }, inputs, kwargs) {
    if (this.maxValue !== 6) return original.call(this, inputs, kwargs);
    return tf.relu6(Array.isArray(inputs) ? inputs[0] : inputs);
  };
}
