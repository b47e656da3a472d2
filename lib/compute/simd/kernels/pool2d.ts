import { backend_util, util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdKernel } from "../SimdBackend";

/** Pooling of images [batch, height, width, channels] and its gradients. */
export const pool2d: Record<string, SimdKernel> = {
  MaxPool: (call) => pool(call, "MaxPool"),
  AvgPool: (call) => pool(call, "AvgPool"),
  MaxPoolGrad: (call) => gradient(call, "MaxPoolGrad"),
  AvgPoolGrad: (call) => gradient(call, "AvgPoolGrad"),
};

const TASKS = {
  MaxPool: "maxPool",
  AvgPool: "avgPool",
  MaxPoolGrad: "maxPoolGradient",
  AvgPoolGrad: "avgPoolGradient",
};

function pool(call: KernelCall, name: "MaxPool" | "AvgPool"): TensorInfo | TensorInfo[] {
  const { inputs, backend } = call;
  const { x } = inputs;
  const info = x.dtype === "float32" && describe(call, x.shape);
  if (!info) return inherited(name, call);
  const isWhole = info.filterHeight === 1 && info.filterWidth === 1 && util.arraysEqual(info.inShape, info.outShape);
  if (isWhole) return backend.share(x, x.shape);
  const to = backend.output(info.outShape, "float32");
  const places = { x: backend.address(x), to: backend.address(to), dy: 0 };
  if (util.sizeFromShape(info.outShape) > 0)
    backend.run(taskOf(name, info), info.batchSize * info.outHeight, parameters(info, places));
  return to;
}

function gradient(call: KernelCall, name: "MaxPoolGrad" | "AvgPoolGrad"): TensorInfo | TensorInfo[] {
  const { inputs, backend } = call;
  const { dy, input } = inputs;
  if (input.dtype !== "float32" || dy.dtype !== "float32") return inherited(name, call);
  const info = describe(call, input.shape);
  const to = backend.output(input.shape, "float32");
  const places = { x: backend.address(input), to: backend.address(to), dy: backend.address(dy) };
  if (util.sizeFromShape(input.shape) > 0) backend.run(taskOf(name, info), info.batchSize, parameters(info, places));
  return to;
}

/** Windows of 2 x 2 that meet no other and need no padding, as most are, have tasks of their own. */
function taskOf(name: keyof typeof TASKS, info: backend_util.Conv2DInfo): string {
  const { filterHeight, filterWidth, strideHeight, strideWidth, inHeight, inWidth, inChannels, padInfo } = info;
  const isPair = [filterHeight, filterWidth, strideHeight, strideWidth].every((size) => size === 2);
  const isInside = padInfo.top === 0 && padInfo.left === 0 && 2 * info.outHeight <= inHeight && 2 * info.outWidth <= inWidth; // prettier-ignore
  if (!isPair || !isInside || inChannels % 4 !== 0) return TASKS[name];
  return { ...TASKS, MaxPool: "maxPoolPairs", MaxPoolGrad: "maxPoolPairsGradient" }[name];
}

function describe({ attrs }: KernelCall, shape: number[]): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as {
    filterSize: [number, number];
    strides: [number, number];
    pad: "same" | "valid" | number | backend_util.ExplicitPadding;
    dimRoundingMode?: "floor" | "round" | "ceil";
  };
  const images = shape as [number, number, number, number];
  return backend_util.computePool2DInfo(images, filterSize, strides, 1, pad, dimRoundingMode);
}

/** See Pool2d in assembly/pool2d.ts. */
function parameters(info: backend_util.Conv2DInfo, { x, to, dy }: Record<"x" | "to" | "dy", number>): number[] {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  return [
    ...[x, to, dy, batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, info.filterHeight, info.filterWidth],
    ...[info.strideHeight, info.strideWidth, padInfo.top, padInfo.left],
  ];
}
