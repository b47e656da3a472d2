import * as tf from "@tensorflow/tfjs";
import type { GradConfig, NamedAttrMap, NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import { convolutionGradients } from "../corrections/convolutionGradients";
import { gradientDepth } from "../engine/gradientDepth";
import { fuseCall } from "./fuseCall";

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
 * Has convolutions and dense layers be one operation in training too, bias and relu included, on `simd` and on TensorFlow's
 * library: TensorFlow.js fuses relu only where no gradient is asked for, and else reckons the gradient of the inputs whether
 * it is wanted or not. Any other activation follows. Register it before what wraps these layers.
 */
export function registerFusedProducts(): void {
  if (isDone) return;
  isDone = true;
  tf.registerGradient(ofConvolution as GradConfig);
  tf.registerGradient(ofProduct as GradConfig);
  fuse("Conv1D", convolve);
  fuse("Conv2D", convolve);
  fuse("Dense", multiply);
}

/** What the product gives, and its activation, where that is another than relu. */
function fuse(className: string, compute: Compute): void {
  fuseCall<Layer>(className, (layer, x, kwargs) => {
    const y = takes(layer, x) ? compute(layer, x, kwargs) : null;
    return y && !isRelu(layer) ? layer.activation.apply(y) : y;
  });
}

function takes({ activation }: Layer, x: Tensor): boolean {
  const isPlain = Boolean(activation) && x.dtype === "float32";
  return isPlain && gradientDepth() > 0 && Boolean(tf.getKernel("ReluGrad", tf.getBackend()));
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
  if (padding === "causal" || dataFormat === "channelsFirst" || x.rank !== rank + 2) return null;
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
  const isMatrix = x.rank === 2;
  const a = isMatrix ? x : tf.reshape(x, [-1, depth]);
  const attrs = { transposeA: false, transposeB: false };
  const y = run("_FusedMatMul", layer, { a, b: kernel, attrs });
  return isMatrix ? y : tf.reshape(y, [...x.shape.slice(0, -1), units]);
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
