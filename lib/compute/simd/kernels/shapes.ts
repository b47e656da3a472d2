import { backend_util, slice_util, util, type TensorInfo } from "@tensorflow/tfjs-core";
import { floatBits } from "../floatBits";
import { inherited } from "../inherited";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { CHUNK, chunksOf } from "./passes";
import { copyInto, copyOf, isNumeric, stepsOf, type CopyAxis } from "./stridedCopy";

/** From place to place, of any numeric type. */
export const shapes: Record<string, SimdKernel> = {
  Transpose: numeric("Transpose", transpose),
  Reverse: numeric("Reverse", reverse),
  FlipLeftRight: numeric("FlipLeftRight", flipLeftRight, "image"),
  Slice: numeric("Slice", slice),
  StridedSlice: numeric("StridedSlice", stridedSlice),
  SplitV: numeric("SplitV", split),
  Unpack: numeric("Unpack", unpack, "value"),
  Tile: numeric("Tile", tile),
  PadV2: numeric("PadV2", pad),
  Concat: concat,
  Pack: pack,
  GatherV2: numeric("GatherV2", gather),
  OneHot: oneHot,
};

type Placement = (x: TensorInfo, call: KernelCall) => TensorInfo | TensorInfo[];

/** Strings and complex numbers stay with the `cpu` kernel. */
function numeric(kernelName: string, place: Placement, input = "x"): SimdKernel {
  return (call) => {
    const x = call.inputs[input];
    return isNumeric(x.dtype) ? place(x, call) : inherited(kernelName, call);
  };
}

function transpose(x: TensorInfo, { attrs, backend }: KernelCall): TensorInfo {
  const perm = attrs.perm as number[];
  const steps = stepsOf(x.shape);
  const shape = x.shape.map((_, axis) => x.shape[perm[axis]]);
  return copyOf(backend, x, { shape, start: 0, steps: x.shape.map((_, axis) => steps[perm[axis]]) });
}

function reverse(x: TensorInfo, { attrs, backend }: KernelCall): TensorInfo {
  return reversed(backend, x, util.parseAxisParam(attrs.dims as number[], x.shape));
}

function flipLeftRight(image: TensorInfo, { backend }: KernelCall): TensorInfo {
  return reversed(backend, image, [2]);
}

function reversed(backend: SimdBackend, x: TensorInfo, axes: number[]): TensorInfo {
  const steps = stepsOf(x.shape);
  let start = 0;
  if (x.shape.length > 0)
    for (const axis of new Set(axes)) {
      start += (x.shape[axis] - 1) * steps[axis];
      steps[axis] *= -1;
    }
  return copyOf(backend, x, { shape: x.shape, start, steps });
}

function slice(x: TensorInfo, { attrs, backend }: KernelCall): TensorInfo {
  const [begin, size] = slice_util.parseSliceParams(x as never, attrs.begin as number[], attrs.size as number[]);
  slice_util.assertParamsValid(x as never, begin, size);
  return part(backend, x, begin, size);
}

/** So many elements along each axis, from `begin` on. */
function part(backend: SimdBackend, x: TensorInfo, begin: number[], shape: number[]): TensorInfo {
  const steps = stepsOf(x.shape);
  return copyOf(backend, x, { shape, start: offset(steps, begin), steps });
}

function offset(steps: number[], place: number[]): number {
  return steps.reduce((sum, step, axis) => sum + step * place[axis], 0);
}

function stridedSlice(x: TensorInfo, call: KernelCall): TensorInfo | TensorInfo[] {
  const { attrs, backend } = call;
  const { begin, end, strides } = attrs as Record<string, number[]>;
  const { beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs as Record<string, number>;
  const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
  const info = slice_util.sliceInfo(x.shape, begin, end, strides, ...masks);
  if (info.isIdentity) return backend.share(x, info.finalShape);
  const steps = stepsOf(x.shape);
  const shape =
    info.sliceDim0 || info.isSimpleSlice
      ? slice_util.computeOutShape(info.begin, info.end, info.strides)
      : info.finalShapeSparse;
  const size = shape.map((reach) => Math.max(0, reach)); // an end before its begin leaves nothing
  const fits = util.sizeFromShape(size) === util.sizeFromShape(info.finalShape);
  if (shape.length !== x.shape.length || !fits) return inherited("StridedSlice", call);
  const start = offset(steps, info.begin);
  const sliced = copyOf(backend, x, { shape: size, start, steps: steps.map((step, axis) => step * info.strides[axis]) }); // prettier-ignore
  return { ...sliced, shape: info.finalShape };
}

function split(x: TensorInfo, { attrs, backend }: KernelCall): TensorInfo[] {
  const [axis] = util.parseAxisParam(attrs.axis as number, x.shape);
  const sizes = backend_util.prepareSplitSize(x as never, attrs.numOrSizeSplits as number | number[], axis);
  return partsAlong(backend, x, axis, sizes);
}

function unpack(x: TensorInfo, { attrs, backend }: KernelCall): TensorInfo[] {
  const axis = (attrs.axis as number) + ((attrs.axis as number) < 0 ? x.shape.length : 0);
  const sizes = Array.from({ length: x.shape[axis] }, () => 1);
  const shape = x.shape.filter((_, other) => other !== axis);
  return partsAlong(backend, x, axis, sizes).map((tensor) => ({ ...tensor, shape }));
}

function partsAlong(backend: SimdBackend, x: TensorInfo, axis: number, sizes: number[]): TensorInfo[] {
  const begin = x.shape.map(() => 0);
  return sizes.map((size) => {
    const taken = part(backend, x, begin, resized(x.shape, axis, size));
    begin[axis] += size;
    return taken;
  });
}

function resized(shape: number[], axis: number, size: number): number[] {
  return shape.map((old, at) => (at === axis ? size : old));
}

function tile(x: TensorInfo, { attrs, backend }: KernelCall): TensorInfo {
  const reps = attrs.reps as number[];
  const steps = stepsOf(x.shape);
  const tiles = {
    shape: x.shape.flatMap((size, axis) => [reps[axis], size]),
    start: 0,
    steps: steps.flatMap((step) => [0, step]),
  };
  return { ...copyOf(backend, x, tiles), shape: x.shape.map((size, axis) => size * reps[axis]) };
}

function pad(x: TensorInfo, call: KernelCall): TensorInfo | TensorInfo[] {
  const { attrs, backend } = call;
  const paddings = attrs.paddings as [number, number][];
  if (paddings.flat().some((size) => size < 0)) return inherited("PadV2", call);
  if (paddings.flat().every((size) => size === 0)) return backend.share(x, x.shape);
  const shape = x.shape.map((size, axis) => paddings[axis][0] + size + paddings[axis][1]);
  const to = backend.output(shape, x.dtype);
  fillWith(backend, to, attrs.constantValue as number);
  const [from, steps] = [stepsOf(x.shape), stepsOf(shape)];
  const axes = x.shape.map((size, axis) => ({ size, from: from[axis], to: steps[axis] }));
  const toStart = paddings.reduce((sum, [before], axis) => sum + before * steps[axis], 0);
  copyInto(backend, { from: x, start: 0, to, toStart, axes });
  return to;
}

function fillWith(backend: SimdBackend, to: TensorInfo, value: number): void {
  const count = util.sizeFromShape(to.shape);
  if (count === 0) return;
  const bits = to.dtype === "float32" ? floatBits(value) : value;
  if (to.dtype === "bool") backend.run("fillBytes", chunksOf(count / 4), [backend.address(to), count, bits]);
  else backend.run("fill", chunksOf(count), [backend.address(to), count, bits]);
}

function concat(call: KernelCall): TensorInfo | TensorInfo[] {
  const { attrs, backend } = call;
  const tensors = Object.values(call.inputs);
  if (!sameNumericType(tensors)) return inherited("Concat", call);
  const [axis] = util.parseAxisParam(attrs.axis as number, tensors[0].shape);
  const shapesOf = (list: TensorInfo[]) => list.map(({ shape }) => shape);
  backend_util.assertParamsConsistent(shapesOf(tensors), axis);
  const shape = backend_util.computeOutShape(shapesOf(tensors), axis);
  const filled = tensors.filter((tensor) => util.sizeFromShape(tensor.shape) > 0);
  if (filled.length === 1 && util.sizeFromShape(shape) > 0) return backend.share(filled[0], filled[0].shape);
  const to = backend.output(shape, tensors[0].dtype);
  joinAlong(backend, filled, to, axis);
  return to;
}

function pack(call: KernelCall): TensorInfo | TensorInfo[] {
  const { attrs, backend } = call;
  const tensors = Object.values(call.inputs);
  const { shape, dtype } = tensors[0];
  const alike = tensors.every((tensor) => util.arraysEqual(tensor.shape, shape));
  if (tensors.length === 1 || !alike || !sameNumericType(tensors)) return inherited("Pack", call);
  const rank = shape.length + 1;
  const axis = (attrs.axis as number) < 0 ? (attrs.axis as number) + rank : (attrs.axis as number);
  const one = [...shape.slice(0, axis), 1, ...shape.slice(axis)];
  const to = backend.output(resized(one, axis, tensors.length), dtype);
  const rows = tensors.map((tensor) => ({ ...tensor, shape: one }));
  joinAlong(backend, rows, to, axis);
  return to;
}

function sameNumericType(tensors: TensorInfo[]): boolean {
  return tensors.every(({ dtype }) => dtype === tensors[0].dtype && isNumeric(dtype));
}

/** Copies tensors one after the other along an axis. */
function joinAlong(backend: SimdBackend, tensors: TensorInfo[], to: TensorInfo, axis: number): void {
  const outer = util.sizeFromShape(to.shape.slice(0, axis));
  const row = util.sizeFromShape(to.shape.slice(axis));
  let toStart = 0;
  for (const from of tensors) {
    const size = util.sizeFromShape(from.shape.slice(axis));
    const axes: CopyAxis[] = [{ size: outer, from: size, to: row }, { size, from: 1, to: 1 }]; // prettier-ignore
    copyInto(backend, { from, start: 0, to, toStart, axes });
    toStart += size;
  }
}

/** An index that is out of range leaves the call to the `cpu` kernel, which says so. */
function gather(x: TensorInfo, call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { indices } = inputs;
  const [axis] = util.parseAxisParam(attrs.axis as number, x.shape);
  if (indices.dtype !== "int32" || !inRange(backend, indices, x.shape[axis])) return inherited("GatherV2", call);
  const batchDims = (attrs.batchDims ?? 0) as number;
  const info = backend_util.segment_util.collectGatherOpShapeInfo(x as never, indices as never, axis, batchDims);
  const to = backend.output(info.outputShape, x.dtype);
  if (util.sizeFromShape(to.shape) === 0) return to;
  const { batchSize, outerSize, dimSize, sliceSize } = info;
  const count = util.sizeFromShape(indices.shape) / batchSize;
  const bytes = sliceSize * (x.dtype === "bool" ? 1 : 4);
  const sizes = { batches: batchSize, outer: outerSize, size: dimSize, count, bytes };
  pickSlices(backend, { from: x, indices, to }, sizes);
  return to;
}

/** Slices [batches, outer, size, bytes], and how many of them indices [batches, count] pick. */
interface Slices {
  batches: number;
  outer: number;
  size: number;
  count: number;
  bytes: number;
}

/** Copies the slices that indices pick, all of them in range. */
export function pickSlices(
  backend: SimdBackend,
  { from, indices, to }: Record<"from" | "indices" | "to", TensorInfo>,
  { batches, outer, size, count, bytes }: Slices,
): void {
  const slices = batches * outer * count;
  const slicesOfChunk = Math.max(1, Math.min(CHUNK, Math.floor((4 * CHUNK) / bytes)));
  const places = [from, indices, to].map((tensor) => backend.address(tensor));
  const sizes = [outer, size, count, bytes, slices, slicesOfChunk];
  backend.run("gather", Math.ceil(slices / slicesOfChunk), [...places, ...sizes]);
}

/** Whether all indices are from 0 to size - 1. */
export function inRange(backend: SimdBackend, indices: TensorInfo, size: number): boolean {
  const { values } = backend.data.get(indices.dataId) as unknown as { values: Int32Array };
  for (let i = 0; i < values.length; i++) if (values[i] < 0 || values[i] >= size) return false;
  return true;
}

function oneHot(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { indices } = inputs;
  const { dtype, depth, onValue, offValue } = attrs as { dtype: string; depth: number; onValue: number; offValue: number }; // prettier-ignore
  if (indices.dtype !== "int32" || (dtype !== "float32" && dtype !== "int32")) return inherited("OneHot", call);
  const to = backend.output([...indices.shape, depth], dtype);
  const rows = util.sizeFromShape(indices.shape);
  if (rows * depth === 0) return to;
  const [on, off] = [onValue, offValue].map((value) => (dtype === "float32" ? floatBits(value) : Math.fround(value)));
  const rowsOfChunk = Math.max(1, Math.floor(CHUNK / depth));
  const places = [backend.address(indices), backend.address(to)];
  backend.run("oneHot", Math.ceil(rows / rowsOfChunk), [...places, rows, depth, on, off, rowsOfChunk]);
  return to;
}
