import * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass } from "./correctMethod";

/** What is read of a layer of layer normalization. */
interface LayerNormalization {
  axis: number[];
  epsilon: number;
  gamma: { read(): tf.Tensor } | null;
  beta: { read(): tf.Tensor } | null;
}

/** Has layer normalization take tensors of five axes and more, which TensorFlow.js refuses. */
export function correctLayerNormalization(): void {
  correctMethod(layerClass("LayerNormalization"), "call", (original) => {
    return function (this: LayerNormalization, inputs: tf.Tensor | tf.Tensor[], kwargs: object) {
      const [input] = [inputs].flat();
      return input.rank > 4 ? tf.tidy(() => normalize(this, input)) : original.call(this, inputs, kwargs);
    };
  });
}

function normalize({ axis, epsilon, gamma, beta }: LayerNormalization, input: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(input, axis, true);
  const normal = tf.mul(tf.sub(input, mean), tf.rsqrt(tf.add(variance, epsilon)));
  const shape = input.shape.map((size, at) => (axis.includes(at) ? size : 1));
  const scaled = gamma ? tf.mul(normal, tf.reshape(gamma.read(), shape)) : normal;
  return beta ? tf.add(scaled, tf.reshape(beta.read(), shape)) : scaled;
}
