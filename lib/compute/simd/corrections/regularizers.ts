import * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass } from "./correctMethod";
import { isTensor } from "./innerModel";

/** A layer, with what its types do not tell. */
interface Layer {
  activityRegularizer: { apply(output: tf.Tensor): tf.Scalar } | null;
  calculateLosses(): tf.Scalar[];
}

/** What the activities of layers add to the loss of the step that is on its way. */
let activityLosses: tf.Scalar[] | null = null;

/** The layers that hold others, and where. */
const HOLDING: Record<string, string[]> = {
  RNN: ["cell"],
  StackedRNNCells: ["cells"],
  Bidirectional: ["forwardLayer", "backwardLayer"],
};

/**
 * Has the regularizers of recurrent layers, also within `bidirectional`, add to the loss (TensorFlow.js leaves them out),
 * those of a layer that is used twice add once, and those of activities work (it refuses them).
 */
export function correctRegularizers(): void {
  for (const [name, places] of Object.entries(HOLDING))
    correctMethod(layerClass(name), "calculateLosses", (original) => {
      return function (this: Layer & Record<string, Layer | Layer[]>) {
        const inner = places.flatMap((place) => this[place]);
        return [...original.call(this), ...inner.flatMap((layer) => layer.calculateLosses())];
      };
    });
  correctMethod(tf.LayersModel, "calculateLosses", () => {
    return function (this: { layers: Layer[] }) {
      return this.layers.flatMap((layer) => layer.calculateLosses());
    };
  });
  correctMethod({ className: "Layer", prototype: tf.layers.Layer.prototype }, "apply", (original) => {
    return function (this: Layer, inputs: unknown, kwargs: unknown) {
      const { activityRegularizer } = this;
      if (!activityRegularizer) return original.call(this, inputs, kwargs);
      this.activityRegularizer = null;
      try {
        const output = original.call(this, inputs, kwargs);
        const outputs = [output].flat().filter(isTensor);
        activityLosses?.push(...outputs.map((tensor) => tf.keep(shareOf(activityRegularizer.apply(tensor), tensor))));
        return output;
      } finally {
        this.activityRegularizer = activityRegularizer;
      }
    };
  });
}

/** Of one sample: as in Keras, a larger batch does not weigh more. */
function shareOf(loss: tf.Scalar, { rank, shape }: tf.Tensor): tf.Scalar {
  return rank > 0 ? tf.div(loss, shape[0]) : loss;
}

/** Calls a model; gives what the activities of its layers add to the loss beside its outputs. */
export function withActivityLosses(call: () => tf.Tensor[]): { outputs: tf.Tensor[]; activities: tf.Scalar[] } {
  const before = activityLosses;
  const found: tf.Scalar[] = [];
  activityLosses = found;
  try {
    const outputs = call();
    return { outputs, activities: found.map((loss) => loss.clone()) };
  } finally {
    activityLosses = before;
    tf.dispose(found);
  }
}
