import * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass } from "./correctMethod";

/** What is read of a layer of batch normalization. */
interface BatchNormalization {
  axis: number;
  scale: boolean;
  center: boolean;
  trainable: boolean;
  gamma?: { read(): tf.Tensor };
  beta?: { read(): tf.Tensor };
  /** TensorFlow.js gathers weights here; the stand-ins for gamma and beta are none. */
  _trainableWeights: { trainable: boolean }[];
}

/**
 * Has batch normalization train without `scale` or `center` (TensorFlow.js throws), along any axis and of any rank (it
 * refuses five axes and more), and, once it is frozen, normalize by its moving statistics and leave them alone, as Keras
 * does (TensorFlow.js goes on learning them).
 */
export function correctBatchNormalization(): void {
  const owner = layerClass("BatchNormalization");
  correctMethod(owner, "build", (original) => {
    return function (this: BatchNormalization, inputShape: tf.Shape | tf.Shape[]) {
      original.call(this, inputShape);
      const [shape] = [inputShape].flat().some(Array.isArray) ? (inputShape as tf.Shape[]) : [inputShape as tf.Shape];
      const size = [shape.at(this.axis) as number];
      if (!this.scale) this.gamma = { read: () => tf.ones(size) };
      if (!this.center) this.beta = { read: () => tf.zeros(size) };
    };
  });
  correctMethod(owner, "call", (original) => {
    return function (this: BatchNormalization, inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean } = {}) {
      const [input] = [inputs].flat();
      const given = kwargs.training && isFrozen(this) ? { ...kwargs, training: false } : kwargs;
      const axis = this.axis < 0 ? this.axis + input.rank : this.axis;
      if (input.rank <= 4 && axis === input.rank - 1) return original.call(this, input, given);
      return tf.tidy(() => alongLastAxis(this, { input, axis }, (flat) => original.call(this, flat, given)));
    };
  });
}

/** Frozen by itself, or by a model that holds it: TensorFlow.js then freezes the weights only. */
export function isFrozen({
  trainable,
  _trainableWeights,
}: Pick<BatchNormalization, "trainable" | "_trainableWeights">): boolean {
  return !trainable || (_trainableWeights.length > 0 && _trainableWeights.every((weight) => !weight.trainable));
}

/** Normalizes the rows of a matrix whose columns are what lies along the axis. */
function alongLastAxis(
  layer: BatchNormalization,
  { input, axis }: { input: tf.Tensor; axis: number },
  normalize: (rows: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  const others = input.shape.map((_, at) => at).filter((at) => at !== axis);
  const order = [...others, axis];
  const moved = tf.transpose(input, order);
  const own = layer.axis;
  layer.axis = -1;
  try {
    const rows = normalize(tf.reshape(moved, [-1, input.shape[axis]]));
    const back = order.map((_, at) => order.indexOf(at));
    return tf.transpose(tf.reshape(rows, moved.shape), back);
  } finally {
    layer.axis = own;
  }
}
