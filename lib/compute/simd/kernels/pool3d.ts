import { backend_util, util, type NamedAttrMap, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdKernel } from "../SimdBackend";

/** Max and average pooling of volumes [batch, depth, height, width, channels], and their gradients. */
export const pool3d: Record<string, SimdKernel> = {
  MaxPool3D: forward("MaxPool3D", false),
  AvgPool3D: forward("AvgPool3D", true),
  MaxPool3DGrad: backward("MaxPool3DGrad", false),
  AvgPool3DGrad: backward("AvgPool3DGrad", true),
};

type Three = [number, number, number];
type Sizes = [number, number, number, number, number];
type Info = backend_util.Conv3DInfo;

function describe(shape: number[], attrs: NamedAttrMap): Info {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  const windows = [filterSize, strides] as [number | Three, number | Three];
  const rule = pad as "same" | "valid" | number;
  return backend_util.computePool3DInfo(shape as Sizes, ...windows, 1, rule, dimRoundingMode as "floor" | undefined);
}

function forward(kernelName: string, average: boolean): SimdKernel {
  return (call) => {
    const { inputs, attrs, backend } = call;
    const { x } = inputs;
    const info = describe(x.shape, attrs);
    if (!takes(attrs, [x]) || util.sizeFromShape(info.outShape) === 0) return inherited(kernelName, call);
    const to = backend.output(info.outShape, "float32");
    run(call, "pool3d", info, { x, to, average, chunks: info.batchSize * info.outDepth });
    return to;
  };
}

function backward(kernelName: string, average: boolean): SimdKernel {
  return (call) => {
    const { inputs, attrs, backend } = call;
    const { dy, input } = inputs;
    const info = describe(input.shape, attrs);
    if (!takes(attrs, [dy, input]) || dy.shape.join() !== info.outShape.join()) return inherited(kernelName, call);
    const to = backend.output(input.shape, "float32");
    run(call, "pool3dGradient", info, { x: input, to, dy, average, chunks: info.batchSize });
    return to;
  };
}

/** Volumes of float32 whose channels come last. */
function takes({ dataFormat }: NamedAttrMap, tensors: TensorInfo[]): boolean {
  const isPlain = ({ dtype, shape }: TensorInfo) => dtype === "float32" && util.sizeFromShape(shape) > 0;
  return (dataFormat ?? "NDHWC") === "NDHWC" && tensors.every(isPlain);
}

interface Places {
  x: TensorInfo;
  to: TensorInfo;
  dy?: TensorInfo;
  average: boolean;
  chunks: number;
}

function run({ backend }: KernelCall, task: string, info: Info, { x, to, dy, average, chunks }: Places): void {
  const places = backend.addresses([x, to, dy]);
  const { padInfo } = info;
  backend.run(task, chunks, [
    ...[...places, Number(average), info.inDepth, info.inHeight, info.inWidth, info.inChannels],
    ...[info.outDepth, info.outHeight, info.outWidth, info.filterDepth, info.filterHeight, info.filterWidth],
    ...[info.strideDepth, info.strideHeight, info.strideWidth],
    ...[info.dilationDepth, info.dilationHeight, info.dilationWidth, padInfo.front, padInfo.top, padInfo.left],
  ]);
}
