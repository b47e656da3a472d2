import * as tf from "@tensorflow/tfjs-core";
import type { GradConfig, NamedAttrMap, Tensor } from "@tensorflow/tfjs-core";
import { SimdBackend } from "../SimdBackend";
import { addGradient, correctGradient, runKernel } from "./gradientConfigs";
import { holeFree, withHoles } from "./holes";

/** The attributes of a convolution and of its backward kernels. */
interface Convolution {
  strides: number | number[];
  pad: "same" | "valid" | number | number[][];
  dataFormat?: "NHWC" | "NCHW";
  dilations?: number | number[];
  dimRoundingMode?: "floor" | "round" | "ceil";
}

type Gradients = Record<string, () => Tensor>;

/** Of what is saved, the gradients by name. */
type GradientsOf = (dy: Tensor, saved: Tensor[], attrs: NamedAttrMap) => Gradients;

type GradFunc = GradConfig["gradFunc"];

/**
 * Has dilated convolutions in one, two and three dimensions, of all channels or of each by filters of its own, trained
 * with the gradients that TensorFlow.js refuses, and lets the gradients of all convolutions be differentiated again. What
 * is not dilated goes on with the gradient that was registered before.
 */
export function registerConvolutionGradients(): void {
  correctGradient("Conv2D", (own) => ({ gradFunc: plainOr(own, convolutionGradients) }));
  correctGradient("DepthwiseConv2dNative", (own) => ({ gradFunc: plainOr(own, depthwiseGradients) }));
  correctGradient("Conv3D", (own) => ({ gradFunc: plainOr(own, convolution3dGradients) }));
  correctGradient("Conv2DBackpropInput", () => ({ gradFunc: backwardInput(convolve, filterGradient) as GradFunc }));
  addBackward("Conv2DBackpropFilter", backwardFilter(convolve, inputGradient));
  addBackward("DepthwiseConv2dNativeBackpropInput", backwardInput(convolveDepthwise, depthwiseFilterGradient));
  addBackward("DepthwiseConv2dNativeBackpropFilter", backwardFilter(convolveDepthwise, depthwiseInputGradient));
  addBackward("Conv3DBackpropInputV2", backwardInput(convolve3d, filterGradient3d));
  addBackward("Conv3DBackpropFilterV2", backwardFilter(convolve3d, inputGradient3d));
}

function addBackward(kernelName: string, gradFunc: GradientsOf): void {
  const inputsToSave = kernelName.includes("Input") ? ["dy", "filter"] : ["x", "dy"];
  addGradient({ kernelName, inputsToSave, gradFunc: gradFunc as GradFunc });
}

/** Whether a convolution is what the gradients of TensorFlow.js are right for: not dilated, sizes rounded down. */
export function isPlain(attrs: NamedAttrMap): boolean {
  const { dilations, dimRoundingMode } = attrs as unknown as Convolution;
  return isOne(dilations) && (dimRoundingMode ?? "floor") === "floor";
}

function isOne(dilations?: number | number[]): boolean {
  return [dilations ?? 1].flat().every((dilation) => dilation === 1);
}

function plainOr(own: GradConfig, otherwise: GradientsOf): GradFunc {
  return (dy, saved, attrs) =>
    isPlain(attrs) ? own.gradFunc(dy, saved, attrs) : otherwise(dy as Tensor, saved, attrs);
}

/** The gradients of conv2d. */
export const convolutionGradients: GradientsOf = (dy, [x, filter], attrs) => ({
  x: () => inputGradient(x.shape, dy, filter, attrs),
  filter: () => filterGradient(x, dy, filter.shape, attrs),
});

/** The gradients of depthwiseConv2d. */
export const depthwiseGradients: GradientsOf = (dy, [x, filter], attrs) => ({
  x: () => depthwiseInputGradient(x.shape, dy, filter, attrs),
  filter: () => depthwiseFilterGradient(x, dy, filter.shape, attrs),
});

const convolution3dGradients: GradientsOf = (dy, [x, filter], attrs) => ({
  x: () => inputGradient3d(x.shape, dy, filter, attrs),
  filter: () => filterGradient3d(x, dy, filter.shape, attrs),
});

type Convolve = (x: Tensor, filter: Tensor, attrs: NamedAttrMap) => Tensor;
type InputGradient = (shape: number[], dy: Tensor, filter: Tensor, attrs: NamedAttrMap) => Tensor;
type FilterGradient = (x: Tensor, dy: Tensor, shape: number[], attrs: NamedAttrMap) => Tensor;

/** A backward kernel from dy and filter is linear in both: in dy it is the convolution's transpose. */
function backwardInput(convolution: Convolve, filterGradientOf: FilterGradient): GradientsOf {
  return (ddx, [dy, filter], attrs) => ({
    dy: () => convolution(ddx, filter, attrs),
    filter: () => filterGradientOf(ddx, dy, filter.shape, attrs),
  });
}

/** A backward kernel from x and dy is linear in both. */
function backwardFilter(convolution: Convolve, inputGradientOf: InputGradient): GradientsOf {
  return (ddFilter, [x, dy], attrs) => ({
    x: () => inputGradientOf(x.shape, dy, ddFilter, attrs),
    dy: () => convolution(x, ddFilter, attrs),
  });
}

function convolve(x: Tensor, filter: Tensor, attrs: NamedAttrMap): Tensor {
  return runKernel("Conv2D", { x, filter }, { dataFormat: "NHWC", ...attrs, dilations: pair(attrs) });
}

function convolveDepthwise(x: Tensor, filter: Tensor, attrs: NamedAttrMap): Tensor {
  return runKernel("DepthwiseConv2dNative", { x, filter }, { dataFormat: "NHWC", ...attrs, dilations: pair(attrs) });
}

/** A backward kernel's convolution: backward kernels know no dilation, their filter has the holes already. */
function convolve3d(x: Tensor, filter: Tensor, { strides, pad }: NamedAttrMap): Tensor {
  return runKernel("Conv3D", { x, filter }, { strides, pad, dataFormat: "NDHWC", dilations: [1, 1, 1] });
}

function pair({ dilations }: NamedAttrMap): number[] {
  const [down, across] = [(dilations as number | number[]) ?? 1].flat();
  return [down, across ?? down];
}

/** The axes of a filter that lie in the image, and the dilation along each. */
function inFilter(attrs: NamedAttrMap): [axis: number, dilation: number][] {
  return pair(attrs).map((dilation, axis): [number, number] => [axis, dilation]);
}

function inputGradient(inputShape: number[], dy: Tensor, filter: Tensor, attrs: NamedAttrMap): Tensor {
  return backwardOfInput("Conv2DBackpropInput", inputShape, dy, filter, attrs);
}

function filterGradient(x: Tensor, dy: Tensor, filterShape: number[], attrs: NamedAttrMap): Tensor {
  return backwardOfFilter("Conv2DBackpropFilter", x, dy, filterShape, attrs);
}

function depthwiseInputGradient(inputShape: number[], dy: Tensor, filter: Tensor, attrs: NamedAttrMap): Tensor {
  return backwardOfInput("DepthwiseConv2dNativeBackpropInput", inputShape, dy, filter, attrs);
}

function depthwiseFilterGradient(x: Tensor, dy: Tensor, filterShape: number[], attrs: NamedAttrMap): Tensor {
  return backwardOfFilter("DepthwiseConv2dNativeBackpropFilter", x, dy, filterShape, attrs);
}

/** Runs a backward kernel; one that knows no dilation has the filter with zeros between its taps. */
function backwardOfInput(
  kernelName: string,
  inputShape: number[],
  dy: Tensor,
  filter: Tensor,
  attrs: NamedAttrMap,
): Tensor {
  const shared = { dataFormat: "NHWC", ...attrs, dilations: pair(attrs), inputShape };
  if (knowsDilation(filter.shape, attrs, dy, filter)) return runKernel(kernelName, { dy, filter }, shared);
  const spread = withHoles(filter, inFilter(attrs));
  return runKernel(kernelName, { dy, filter: spread }, { ...shared, dilations: [1, 1] });
}

function backwardOfFilter(
  kernelName: string,
  x: Tensor,
  dy: Tensor,
  filterShape: number[],
  attrs: NamedAttrMap,
): Tensor {
  const shared = { dataFormat: "NHWC", ...attrs, dilations: pair(attrs), filterShape };
  if (knowsDilation(filterShape, attrs, x, dy)) return runKernel(kernelName, { x, dy }, shared);
  const spreadShape = filterShape.map((size, axis) => (axis < 2 ? (size - 1) * pair(attrs)[axis] + 1 : size));
  const spread = runKernel(kernelName, { x, dy }, { ...shared, dilations: [1, 1], filterShape: spreadShape });
  return holeFree(spread, inFilter(attrs));
}

/** Taps and channels up to which the compiled kernels take a filter for certain. */
const MOST = { taps: 1024, channels: 16_384 };

/** Whether the backward kernels in use reckon with this dilation: those of other backends take it for one. */
function knowsDilation(filterShape: number[], attrs: NamedAttrMap, ...tensors: Tensor[]): boolean {
  if (isOne(attrs.dilations as number[])) return true;
  const [tapsDown, tapsAcross, inChannels, outChannels] = filterShape;
  const isSmall = tapsDown * tapsAcross <= MOST.taps && Math.max(inChannels, outChannels) <= MOST.channels;
  const isCompiled = tf.backend() instanceof SimdBackend && attrs.dataFormat !== "NCHW";
  return isCompiled && isSmall && tensors.every(({ dtype }) => dtype === "float32");
}

/** The backward kernels in three dimensions know no dilation on any backend. */
function inputGradient3d(inputShape: number[], dy: Tensor, filter: Tensor, attrs: NamedAttrMap): Tensor {
  const { strides, pad } = attrs;
  const spread = withHoles(filter, inFilter3d(attrs));
  return runKernel("Conv3DBackpropInputV2", { dy, filter: spread }, { strides, pad, inputShape });
}

function filterGradient3d(x: Tensor, dy: Tensor, shape: number[], attrs: NamedAttrMap): Tensor {
  const { strides, pad } = attrs;
  const dilations = triple(attrs);
  const filterShape = shape.map((size, axis) => (axis < 3 ? (size - 1) * dilations[axis] + 1 : size));
  const spread = runKernel("Conv3DBackpropFilterV2", { x, dy }, { strides, pad, filterShape });
  return holeFree(spread, inFilter3d(attrs));
}

function triple({ dilations }: NamedAttrMap): number[] {
  const all = [(dilations as number | number[]) ?? 1].flat();
  return all.length === 3 ? all : [all[0], all[0], all[0]];
}

function inFilter3d(attrs: NamedAttrMap): [axis: number, dilation: number][] {
  return triple(attrs).map((dilation, axis): [number, number] => [axis, dilation]);
}
