import * as tf from "@tensorflow/tfjs";
import type { GradConfig, NamedAttrMap, NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import { convolutionGradients } from "../corrections/convolutionGradients";
import { SimdBackend } from "../SimdBackend";

/** What is read of a layer, which TensorFlow.js declares as private. */
interface Layer {
  rank: number;
  kernel: tf.LayerVariable;
  bias: tf.LayerVariable | null;
  activation: tf.serialization.Serializable & { apply(x: Tensor): Tensor };
  strides: number[];
  padding: "same" | "valid" | "causal";
  dataFormat: "channelsFirst" | "channelsLast";
  dilationRate: number[];
  invokeCallHook(inputs: unknown, kwargs: unknown): void;
}

type Compute = (layer: Layer, x: Tensor, kwargs: unknown) => Tensor | null;

let isDone = false;

/**
 * Has convolutions and dense layers be one operation in training too, bias and relu included, where the backend in use is
 * `simd`: TensorFlow.js fuses relu only where no gradient is asked for, and else reckons the gradient of the inputs whether
 * it is wanted or not. Any other activation follows. Register it before what wraps these layers.
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
    const finished = () => {
      const y = compute(layer, x, kwargs);
      return (y && !isRelu(layer) ? layer.activation.apply(y) : y)!;
    };
    return (takes(layer, x) && tf.tidy(finished)) || original.call(this, inputs, kwargs);
  };
}

function takes({ activation }: Layer, x: Tensor): boolean {
  const { gradientDepth } = (tf.engine() as unknown as { state: { gradientDepth: number } }).state;
  return gradientDepth > 0 && Boolean(activation) && x.dtype === "float32" && tf.backend() instanceof SimdBackend;
}

function isRelu({ activation }: Layer): boolean {
  return activation.getClassName() === "relu";
}

/** A product with bias and relu. */
function run(
  kernelName: string,
  layer: Layer,
  { attrs, ...inputs }: { attrs: object } & Record<string, unknown>,
): Tensor {
  const all = (layer.bias ? { ...inputs, bias: layer.bias.read() } : inputs) as NamedTensorMap;
  const own = { ...attrs, activation: isRelu(layer) ? "relu" : "linear" } as unknown as NamedAttrMap;
  return tf.engine().runKernel(kernelName, all, own) as Tensor;
}

/** In two dimensions, or in one as a picture of one row. */
function convolve(layer: Layer, x: Tensor): Tensor | null {
  const { rank, kernel, strides, padding, dataFormat, dilationRate } = layer;
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
  const y = run("FusedConv2D", layer, { x: images, filter, attrs });
  return flat ? tf.squeeze(y, [1]) : y;
}

function multiply(layer: Layer, x: Tensor, kwargs: unknown): Tensor | null {
  const kernel = layer.kernel.read();
  if (x.rank < 2 || kernel.rank !== 2) return null;
  layer.invokeCallHook(x, kwargs);
  const [depth, units] = kernel.shape;
  const a = tf.reshape(x, [-1, depth]);
  const attrs = { transposeA: false, transposeB: false };
  return tf.reshape(run("_FusedMatMul", layer, { a, b: kernel, attrs }), [...x.shape.slice(0, -1), units]);
}

/** The gradient of what went through the activation, of which y is left. */
function through({ activation }: NamedAttrMap, dy: Tensor, y: Tensor): Tensor {
  if (activation === "linear") return dy;
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
    const dy = through(attrs, given, y);
    return { ...convolutionGradients(dy, [x, filter], attrs), bias: () => tf.sum(dy, [0, 1, 2]) };
  },
};

const ofProduct: OneOutput = {
  kernelName: "_FusedMatMul",
  inputsToSave: ["a", "b"],
  outputsToSave: [true],
  gradFunc(given, [a, b, y], attrs) {
    const dy = through(attrs, given, y);
    return {
      a: () => tf.matMul(dy, b, false, true),
      b: () => tf.matMul(a, dy, true, false),
      bias: () => tf.sum(dy, 0),
    };
  },
};
