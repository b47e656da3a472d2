import { backend_util, util, type NamedAttrMap, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { SimdKernel } from "../SimdBackend";
import { composed, type Composed, type Run } from "./composed";

/**
 * Convolution of volumes [batch, depth, height, width, channels] and its gradients, each as one convolution of images: the
 * slices that meet a filter in depth are put side by side as channels.
 */
export const conv3d: Record<string, SimdKernel> = {
  Conv3D: byImages("Conv3D", convolve),
  Conv3DBackpropInputV2: byImages("Conv3DBackpropInputV2", backpropInput),
  Conv3DBackpropFilterV2: byImages("Conv3DBackpropFilterV2", backpropFilter),
};

function byImages(kernelName: string, compose: (run: Run, call: Composed) => TensorInfo): SimdKernel {
  const byKernels = composed("simd", compose);
  return (call) => {
    const isPlain = Object.values(call.inputs).every(({ dtype, shape }) => dtype === "float32" && util.sizeFromShape(shape) > 0); // prettier-ignore
    return isPlain ? byKernels(call) : inherited(kernelName, call);
  };
}

type Info = backend_util.Conv3DInfo;
type Sizes = [number, number, number, number, number];

/** As TensorFlow has it: TensorFlow.js cuts slices off where strides are longer than the filter. */
function describe({ strides, dilations, pad }: NamedAttrMap, inShape: number[], filterShape: number[]): Info {
  const steps = strides as number | [number, number, number];
  const spread = (dilations ?? 1) as number | [number, number, number];
  const rule = pad as "same" | "valid";
  const info = backend_util.computeConv3DInfo(inShape as Sizes, filterShape as Sizes, steps, spread, rule);
  const padInfo = { ...info.padInfo };
  for (const side of ["front", "back", "top", "bottom", "left", "right"] as const) padInfo[side] = Math.max(0, padInfo[side]); // prettier-ignore
  return { ...info, padInfo };
}

/** The attributes of the convolution of images. */
function flatAttributes({ strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo }: Info) {
  const { top, bottom, left, right } = padInfo;
  return {
    strides: [strideHeight, strideWidth],
    dilations: [dilationHeight, dilationWidth],
    pad: [[0, 0], [top, bottom], [left, right], [0, 0]], // prettier-ignore
    dataFormat: "NHWC",
  };
}

function convolve(run: Run, { inputs: { x, filter }, attrs }: Composed): TensorInfo {
  const info = describe(attrs, x.shape, filter.shape);
  const images = { x: stacked(run, x, info), filter: flatFilter(run, filter, info) };
  return run("Reshape", { x: run("Conv2D", images, flatAttributes(info)) }, { shape: info.outShape });
}

function backpropInput(run: Run, { inputs: { dy, filter }, attrs }: Composed): TensorInfo {
  const info = describe(attrs, attrs.inputShape as number[], filter.shape);
  const images = { dy: flatOutput(run, dy, info), filter: flatFilter(run, filter, info) };
  const dx = run("Conv2DBackpropInput", images, { ...flatAttributes(info), inputShape: stackedShape(info) });
  return unstacked(run, dx, info);
}

function backpropFilter(run: Run, { inputs: { x, dy }, attrs }: Composed): TensorInfo {
  const info = describe(attrs, x.shape, attrs.filterShape as number[]);
  const { filterDepth, filterHeight, filterWidth, inChannels, outChannels } = info;
  const images = { x: stacked(run, x, info), dy: flatOutput(run, dy, info) };
  const flat = run("Conv2DBackpropFilter", images, { ...flatAttributes(info), filterShape: flatFilterShape(info) });
  const shape = [filterHeight, filterWidth, filterDepth, inChannels, outChannels];
  return run("Transpose", { x: run("Reshape", { x: flat }, { shape }) }, { perm: [2, 0, 1, 3, 4] });
}

/** [height, width, depth * channels, out] of [depth, height, width, channels, out]. */
function flatFilter(run: Run, filter: TensorInfo, info: Info): TensorInfo {
  const turned = run("Transpose", { x: filter }, { perm: [1, 2, 0, 3, 4] });
  return run("Reshape", { x: turned }, { shape: flatFilterShape(info) });
}

function flatFilterShape({ filterDepth, filterHeight, filterWidth, inChannels, outChannels }: Info): number[] {
  return [filterHeight, filterWidth, filterDepth * inChannels, outChannels];
}

function flatOutput(run: Run, dy: TensorInfo, { batchSize, outDepth, outHeight, outWidth, outChannels }: Info) {
  return run("Reshape", { x: dy }, { shape: [batchSize * outDepth, outHeight, outWidth, outChannels] });
}

function stackedShape({ batchSize, outDepth, inHeight, inWidth, filterDepth, inChannels }: Info): number[] {
  return [batchSize * outDepth, inHeight, inWidth, filterDepth * inChannels];
}

/** Zeros before and after the slices, so that each output meets as many. */
function zerosAround({ padInfo, outDepth, strideDepth, filterDepth, dilationDepth, inDepth }: Info): [number, number] {
  const length = (outDepth - 1) * strideDepth + (filterDepth - 1) * dilationDepth + 1;
  return [padInfo.front, Math.max(0, length - padInfo.front - inDepth)];
}

/** For each output in depth the slices it is made of, side by side as channels. */
function stacked(run: Run, x: TensorInfo, info: Info): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outDepth, strideDepth, filterDepth, dilationDepth } = info;
  const paddings = [[0, 0], zerosAround(info), [0, 0], [0, 0], [0, 0]];
  const padded = run("PadV2", { x }, { paddings, constantValue: 0 });
  const masks = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };
  const slices = Array.from({ length: filterDepth }, (_, tap) => {
    const first = tap * dilationDepth;
    const end = [batchSize, first + (outDepth - 1) * strideDepth + 1, inHeight, inWidth, inChannels];
    const range = { begin: [0, first, 0, 0, 0], end, strides: [1, strideDepth, 1, 1, 1] };
    return run("StridedSlice", { x: padded }, { ...range, ...masks });
  });
  return run("Reshape", { x: run("Concat", slices, { axis: 4 }) }, { shape: stackedShape(info) });
}

/** The way back from `stacked`: what lay side by side is added up in its place. */
function unstacked(run: Run, dx: TensorInfo, info: Info): TensorInfo {
  const { batchSize, inDepth, inHeight, inWidth, inChannels, outDepth, strideDepth, filterDepth, dilationDepth } = info;
  const [before, after] = zerosAround(info);
  const whole = before + inDepth + after;
  const slice = inHeight * inWidth * inChannels;
  const apart = run("Reshape", { x: dx }, { shape: [batchSize * outDepth * inHeight * inWidth, filterDepth, inChannels] }); // prettier-ignore
  const sums = Array.from({ length: filterDepth }, (_, tap) => {
    const size = [apart.shape[0], 1, inChannels];
    const own = run("Slice", { x: apart }, { begin: [0, tap, 0], size });
    const rows = run("Reshape", { x: own }, { shape: [batchSize, outDepth, 1, slice] });
    const spread = run("PadV2", { x: rows }, { paddings: [[0, 0], [0, 0], [0, strideDepth - 1], [0, 0]], constantValue: 0 }); // prettier-ignore
    const length = (outDepth - 1) * strideDepth + 1;
    const long = run("Reshape", { x: spread }, { shape: [batchSize, outDepth * strideDepth, slice] });
    const cut = run("Slice", { x: long }, { begin: [0, 0, 0], size: [batchSize, length, slice] });
    const first = tap * dilationDepth;
    return run("PadV2", { x: cut }, { paddings: [[0, 0], [first, whole - first - length], [0, 0]], constantValue: 0 }); // prettier-ignore
  });
  const sum = sums.reduce((a, b) => run("Add", { a, b }));
  const inner = run("Slice", { x: sum }, { begin: [0, before, 0], size: [batchSize, inDepth, slice] });
  return run("Reshape", { x: inner }, { shape: info.inShape });
}
