import * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass } from "./correctMethod";
import { isTensor } from "./innerModel";

/** The layers that reckon with what they are given, and need float32 for it. */
const RECKONING = [
  ["Dense", "Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "Conv3DTranspose", "SeparableConv2D", "DepthwiseConv2D"],
  ["MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "AveragePooling1D", "AveragePooling2D", "AveragePooling3D"],
  ["GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalMaxPooling1D", "GlobalMaxPooling2D", "UpSampling2D"],
  ["BatchNormalization", "LayerNormalization", "Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax"],
  ["Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "SimpleRNN", "GRU", "LSTM"],
].flat();

/**
 * Has the layers that reckon take whole numbers and truths, int32 and bool, as numbers: TensorFlow.js refuses them, or
 * gives whole numbers out. An embedding takes them as they are, and its weights are float32 all the same (TensorFlow.js
 * gives them the type of the input).
 */
export function correctInputTypes(): void {
  const reckoning = new Set<unknown>(RECKONING.map((name) => layerClass(name)));
  correctMethod({ className: "Layer", prototype: tf.layers.Layer.prototype }, "apply", (original) => {
    return function (this: tf.layers.Layer, inputs: unknown, kwargs: object) {
      return original.call(this, reckoning.has(this.constructor) ? asNumbers(inputs) : inputs, kwargs);
    };
  });
  correctMethod(layerClass("Embedding"), "build", (original) => {
    return function (this: { dtype: tf.DataType }, inputShape: tf.Shape) {
      const { dtype } = this;
      this.dtype = "float32";
      try {
        original.call(this, inputShape);
      } finally {
        this.dtype = dtype;
      }
    };
  });
}

function asNumbers(inputs: unknown): unknown {
  if (Array.isArray(inputs)) return inputs.some(isWhole) ? inputs.map(asNumbers) : inputs;
  return isWhole(inputs) ? tf.cast(inputs, "float32") : inputs;
}

function isWhole(input: unknown): input is tf.Tensor {
  return isTensor(input) && (input.dtype === "int32" || input.dtype === "bool");
}
