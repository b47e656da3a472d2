import { backend_util, util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { shapes } from "./shapes";
import { copyOf, isNumeric, stepsOf } from "./stridedCopy";

/** Blocks of pixels to batches or from them, or from channels: one strided copy, beside what pads or cuts. */
export const spaceToBatch: Record<string, SimdKernel> = {
  SpaceToBatchND: toBatches,
  BatchToSpaceND: fromBatches,
  DepthToSpace: fromChannels,
};

function toBatches(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { blockShape, paddings } = attrs as { blockShape: number[]; paddings: number[][] };
  const { x } = inputs;
  if (!isNumeric(x.dtype)) return inherited("SpaceToBatchND", call);
  const rest = x.shape.slice(1 + blockShape.length).map(() => [0, 0]);
  const pad = { paddings: [[0, 0], ...paddings, ...rest], constantValue: 0 };
  const padded = shapes.PadV2({ inputs: { x }, attrs: pad, backend } as never) as TensorInfo;
  const product = util.sizeFromShape(blockShape);
  const apart = backend_util.getReshaped(padded.shape, blockShape, product, false);
  const perm = backend_util.getPermuted(apart.length, blockShape.length, false);
  const shape = backend_util.getReshapedPermuted(padded.shape, blockShape, product, false);
  const result = turned(backend, padded, { apart, perm, shape });
  backend.disposeIntermediateTensorInfo(padded);
  return result;
}

function fromBatches(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { blockShape, crops } = attrs as { blockShape: number[]; crops: number[][] };
  const { x } = inputs;
  if (!isNumeric(x.dtype)) return inherited("BatchToSpaceND", call);
  const product = util.sizeFromShape(blockShape);
  const apart = backend_util.getReshaped(x.shape, blockShape, product);
  const perm = backend_util.getPermuted(apart.length, blockShape.length);
  const shape = backend_util.getReshapedPermuted(x.shape, blockShape, product);
  const whole = turned(backend, x, { apart, perm, shape });
  const begin = backend_util.getSliceBeginCoords(crops, blockShape.length);
  const size = backend_util.getSliceSize(shape, crops, blockShape.length);
  const result = shapes.Slice({ inputs: { x: whole }, attrs: { begin, size }, backend });
  backend.disposeIntermediateTensorInfo(whole);
  return result;
}

function fromChannels(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { x } = inputs;
  const { blockSize: side, dataFormat } = attrs as { blockSize: number; dataFormat: string };
  if (!isNumeric(x.dtype) || dataFormat !== "NHWC") return inherited("DepthToSpace", call);
  const [batch, height, width, channels] = x.shape;
  const depth = channels / side ** 2;
  return turned(backend, x, {
    apart: [batch, height, width, side, side, depth],
    perm: [0, 1, 3, 2, 4, 5],
    shape: [batch, height * side, width * side, depth],
  });
}

/** `x` with its axes apart, in another order, and joined again. */
function turned(
  backend: SimdBackend,
  x: TensorInfo,
  { apart, perm, shape }: { apart: number[]; perm: number[]; shape: number[] },
): TensorInfo {
  const steps = stepsOf(apart);
  const view = { shape: perm.map((axis) => apart[axis]), start: 0, steps: perm.map((axis) => steps[axis]) };
  return { ...copyOf(backend, x, view), shape };
}
