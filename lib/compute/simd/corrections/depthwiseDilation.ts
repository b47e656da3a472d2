import * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass } from "./correctMethod";

/** What is read of a convolution of each channel by itself. */
interface DepthwiseConv2D {
  kernelSize: number[];
  dilationRate: number[];
  depthwiseKernel: { read(): tf.Tensor4D };
  bias: { read(): tf.Tensor1D } | null;
  activation: { apply(x: tf.Tensor): tf.Tensor } | null;
  padding: "same" | "valid";
  strides: [number, number];
  dataFormat: "channelsFirst" | "channelsLast";
}

/** Has `depthwiseConv2d` mind its `dilationRate`, which TensorFlow.js takes and does not look at. */
export function correctDepthwiseDilation(): void {
  const owner = layerClass("DepthwiseConv2D");
  correctMethod(owner, "call", (original) => {
    return function (this: DepthwiseConv2D, inputs: tf.Tensor | tf.Tensor[], kwargs: object) {
      return isDilated(this) ? tf.tidy(() => convolve(this, [inputs].flat()[0] as tf.Tensor4D)) : original.call(this, inputs, kwargs); // prettier-ignore
    };
  });
  correctMethod(owner, "computeOutputShape", (original) => {
    return function (this: DepthwiseConv2D, inputShape: tf.Shape) {
      const { kernelSize, dilationRate } = this;
      this.kernelSize = kernelSize.map((size, at) => (size - 1) * dilationRate[at] + 1);
      try {
        return original.call(this, inputShape);
      } finally {
        this.kernelSize = kernelSize;
      }
    };
  });
}

function isDilated({ dilationRate }: DepthwiseConv2D): boolean {
  return dilationRate.some((rate) => rate !== 1);
}

function convolve(layer: DepthwiseConv2D, input: tf.Tensor4D): tf.Tensor {
  const { strides, padding, dilationRate, dataFormat, bias, activation } = layer;
  const first = dataFormat === "channelsFirst";
  const images = first ? tf.transpose(input, [0, 2, 3, 1]) : input;
  const kernel = layer.depthwiseKernel.read();
  const plain = tf.depthwiseConv2d(images, kernel, strides, padding, "NHWC", dilationRate as [number, number]);
  const whole = bias ? tf.add(plain, bias.read()) : plain;
  const output = first ? tf.transpose(whole, [0, 3, 1, 2]) : whole;
  return activation ? activation.apply(output) : output;
}
