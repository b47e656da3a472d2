import * as tf from "@tensorflow/tfjs";

/** A weight of a layer, with what its types do not tell. */
interface ConstrainedWeight {
  constraint?: { apply(weight: tf.Tensor): tf.Tensor } | null;
  read(): tf.Tensor;
}

/**
 * Holds weights to their constraints, to be called after each step of an optimizer: TensorFlow.js constrains a weight
 * when it is set, but its optimizers go past that.
 */
export function holdToConstraints(weights: ConstrainedWeight[]): void {
  for (const weight of weights) {
    const { constraint } = weight;
    if (constraint) tf.tidy(() => (weight.read() as tf.Variable).assign(constraint.apply(weight.read())));
  }
}
