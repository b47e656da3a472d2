import * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass } from "./correctMethod";

/** Has the layer `softmax` take any axis; TensorFlow.js refuses all but the last. */
export function correctSoftmaxAxis(): void {
  correctMethod(layerClass("Softmax"), "call", (original) => {
    return function (this: { axis: number | number[] }, inputs: tf.Tensor | tf.Tensor[], kwargs: { mask?: tf.Tensor }) {
      const [input] = [inputs].flat();
      const axes = [this.axis].flat().map((axis) => (axis < 0 ? axis + input.rank : axis));
      if (axes.length !== 1 || axes[0] === input.rank - 1 || kwargs?.mask) return original.call(this, inputs, kwargs);
      return tf.tidy(() => {
        const order = input.shape.map((_, at) => at);
        [order[axes[0]], order[input.rank - 1]] = [input.rank - 1, axes[0]];
        return tf.transpose(tf.softmax(tf.transpose(input, order)), order);
      });
    };
  });
}
