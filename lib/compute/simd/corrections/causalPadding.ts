import * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass } from "./correctMethod";

/** What is read of a convolution over sequences. */
interface Conv1D {
  padding: "valid" | "same" | "causal";
  dataFormat: "channelsFirst" | "channelsLast";
  kernelSize: number[];
  dilationRate: number[];
}

/**
 * Has `conv1d` pad causally: zeros before the first step, so that a step sees none that comes later (TensorFlow.js
 * refuses). With channels first its output has them first too (TensorFlow.js gives them last).
 */
export function correctCausalPadding(): void {
  const owner = layerClass("Conv1D");
  correctMethod(owner, "call", (original) => {
    return function (this: Conv1D, inputs: tf.Tensor | tf.Tensor[], kwargs: object) {
      const [input] = [inputs].flat() as tf.Tensor3D[];
      if (this.padding !== "causal" && this.dataFormat === "channelsLast") return original.call(this, input, kwargs);
      return tf.tidy(() => {
        const first = this.dataFormat === "channelsFirst";
        const steps = first ? tf.transpose(input, [0, 2, 1]) : input;
        const padded = this.padding === "causal" ? tf.pad3d(steps, [[0, 0], [reach(this), 0], [0, 0]]) : steps; // prettier-ignore
        const padding = this.padding === "causal" ? "valid" : this.padding;
        const output = as(this, { padding, dataFormat: "channelsLast" }, () => original.call(this, padded, kwargs));
        return first ? tf.transpose(output, [0, 2, 1]) : output;
      });
    };
  });
  correctMethod(owner, "computeOutputShape", (original) => {
    return function (this: Conv1D, inputShape: tf.Shape | tf.Shape[]) {
      const padding = this.padding === "causal" ? "same" : this.padding;
      return as(this, { padding }, () => original.call(this, inputShape));
    };
  });
}

/** How many steps back a step sees. */
function reach({ kernelSize, dilationRate }: Conv1D): number {
  return (kernelSize[0] - 1) * dilationRate[0];
}

/** Does something while the layer has other options. */
function as<R>(layer: Conv1D, options: Partial<Conv1D>, work: () => R): R {
  const { padding, dataFormat } = layer;
  Object.assign(layer, options);
  try {
    return work();
  } finally {
    Object.assign(layer, { padding, dataFormat });
  }
}
