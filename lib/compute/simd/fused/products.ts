import * as tf from "@tensorflow/tfjs";
import type { GradConfig, NamedAttrMap, NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import { convolutionGradients } from "../corrections/convolutionGradients";
import { SimdBackend } from "../SimdBackend";

/** What is read of a layer, which TensorFlow.js declares as private. */
interface Layer {
  rank: number;
  kernel: tf.LayerVariable;
  bias: tf.LayerVariable | null;
  activation: tf.serialization.Serializable;
  strides: number[];
  padding: "same" | "valid" | "causal";
  dataFormat: "channelsFirst" | "channelsLast";
  dilationRate: number[];
}

type Compute = (layer: Layer, x: Tensor) => Tensor | null;

let isDone = false;

/**
 * Has convolutions and dense layers with relu be one operation in training too, bias and relu included, where the backend
 * in use is `simd`: TensorFlow.js fuses them only where no gradient is asked for. Register it before what wraps these layers.
 */
export function registerFusedProducts(): void {
  if (isDone) return;
  isDone = true;
  tf.registerGradient(ofConvolution as GradConfig);
  tf.registerGradient(ofProduct as GradConfig);
  replaceCall(tf.layers.conv2d({ filters: 1, kernelSize: 1 }), convolve);
  replaceCall(tf.layers.dense({ units: 1 }), multiply);
}

/** Replaces `call` where a layer's class, or one that it extends, defines it. */
function replaceCall(layer: tf.layers.Layer, compute: Compute): void {
  let prototype = Object.getPrototypeOf(layer) as tf.layers.Layer;
  while (!Object.prototype.hasOwnProperty.call(prototype, "call"))
    prototype = Object.getPrototypeOf(prototype) as tf.layers.Layer;
  const original = prototype.call;
  prototype.call = function (this: tf.layers.Layer, inputs, kwargs) {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const layer = this as unknown as Layer;
    return (takes(layer, x) && tf.tidy(() => compute(layer, x)!)) || original.call(this, inputs, kwargs);
  };
}

function takes(layer: Layer, x: Tensor): boolean {
  const { gradientDepth } = (tf.engine() as unknown as { state: { gradientDepth: number } }).state;
  const isRelu = layer.activation?.getClassName() === "relu";
  return gradientDepth > 0 && isRelu && x.dtype === "float32" && tf.backend() instanceof SimdBackend;
}

function run(kernelName: string, inputs: Record<string, Tensor | null>, attrs: object): Tensor {
  const present = Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor)) as NamedTensorMap;
  return tf.engine().runKernel(kernelName, present, { ...attrs, activation: "relu" }) as Tensor;
}

/** In two dimensions, or in one as a picture of one row. */
function convolve(layer: Layer, x: Tensor): Tensor | null {
  const { rank, kernel, bias, strides, padding, dataFormat, dilationRate } = layer;
  if (rank > 2 || padding === "causal" || dataFormat === "channelsFirst" || x.rank !== rank + 2) return null;
  const flat = rank === 1;
  const images = flat ? tf.expandDims(x, 1) : x;
  const filter = flat ? tf.expandDims(kernel.read(), 0) : kernel.read();
  const attrs = {
    strides: flat ? [1, strides[0]] : strides,
    dilations: flat ? [1, dilationRate[0]] : dilationRate,
    pad: padding,
    dataFormat: "NHWC",
  };
  const y = run("FusedConv2D", { x: images, filter, bias: bias?.read() ?? null }, attrs);
  return flat ? tf.squeeze(y, [1]) : y;
}

function multiply({ kernel, bias }: Layer, x: Tensor): Tensor | null {
  if (x.rank < 2 || kernel.read().rank !== 2) return null;
  const [depth, units] = kernel.read().shape;
  const a = tf.reshape(x, [-1, depth]);
  const y = run(
    "_FusedMatMul",
    { a, b: kernel.read(), bias: bias?.read() ?? null },
    { transposeA: false, transposeB: false },
  );
  return tf.reshape(y, [...x.shape.slice(0, -1), units]);
}

/** The gradient of what went through relu, of which y is left. */
function masked(dy: Tensor, y: Tensor): Tensor {
  return tf.engine().runKernel("ReluGrad", { dy, x: y } as NamedTensorMap) as Tensor;
}

interface OneOutput extends Omit<GradConfig, "gradFunc"> {
  gradFunc(dy: Tensor, saved: Tensor[], attrs: NamedAttrMap): Record<string, () => Tensor>;
}

const ofConvolution: OneOutput = {
  kernelName: "FusedConv2D",
  inputsToSave: ["x", "filter"],
  outputsToSave: [true],
  gradFunc(given, [x, filter, y], attrs) {
    const dy = masked(given, y);
    return { ...convolutionGradients(dy, [x, filter], attrs), bias: () => tf.sum(dy, [0, 1, 2]) };
  },
};

const ofProduct: OneOutput = {
  kernelName: "_FusedMatMul",
  inputsToSave: ["a", "b"],
  outputsToSave: [true],
  gradFunc(given, [a, b, y]) {
    const dy = masked(given, y);
    return {
      a: () => tf.matMul(dy, b, false, true),
      b: () => tf.matMul(a, dy, true, false),
      bias: () => tf.sum(dy, 0),
    };
  },
};
