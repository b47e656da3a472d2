import { util, type DataType, type TensorInfo } from "@tensorflow/tfjs-core";
import type { SimdBackend } from "../SimdBackend";
import { CHUNK } from "./passes";

/** An axis of a copy: its size, and elements from one to the next in the source and in the destination. */
export interface CopyAxis {
  size: number;
  from: number;
  to: number;
}

/** Elements from one to the next along each axis of a dense tensor. */
export function stepsOf(shape: number[]): number[] {
  const steps = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) steps[axis] = steps[axis + 1] * shape[axis + 1];
  return steps;
}

/** Whether elements of the type lie in the kernels' memory. */
export function isNumeric(dtype: DataType): boolean {
  return dtype === "float32" || dtype === "int32" || dtype === "bool";
}

/** A view of a tensor's elements: where it starts, and for each axis of the result the size and the elements to the next. */
export interface View {
  shape: number[];
  start: number;
  steps: number[];
}

/** The tensor of a view of `x`: the same data where the view is all of it in its order, else a copy. */
export function copyOf(backend: SimdBackend, x: TensorInfo, { shape, start, steps }: View): TensorInfo {
  const dense = stepsOf(shape);
  const axes = shape.map((size, axis) => ({ size, from: steps[axis], to: dense[axis] }));
  const merged = merge(axes);
  const isWhole = merged.length === 0 || (merged.length === 1 && merged[0].from === 1);
  if (isWhole && util.sizeFromShape(shape) === util.sizeFromShape(x.shape)) return backend.share(x, shape);
  const to = backend.output(shape, x.dtype);
  copyInto(backend, { from: x, start, to, toStart: 0, axes: merged });
  return to;
}

/** What is copied, from which element of which tensor to which of which. */
export interface StridedCopy {
  from: TensorInfo;
  start: number;
  to: TensorInfo;
  toStart: number;
  /** Outermost first by the destination. */
  axes: CopyAxis[];
}

/** Bytes of a chunk. */
const CHUNK_BYTES = 4 * CHUNK;

/** Numbers of a block of a transposition: its source and its destination stay in the cache nearest to a core. */
const BLOCK = 4096;
const BLOCK_SIDE = 64;

/** Copies elements, of any numeric type. */
export function copyInto(backend: SimdBackend, { from, start, to, toStart, axes }: StridedCopy): void {
  if (axes.some(({ size }) => size === 0)) return;
  const bytes = from.dtype === "bool" ? 1 : 4;
  const places = [backend.address(from) + bytes * start, backend.address(to) + bytes * toStart];
  const outer = merge(axes).map(({ size, from, to }) => ({ size, from: bytes * from, to: bytes * to }));
  const transposed = bytes === 4 && outer.at(-1)?.to === 4 && outer.at(-1)!.from !== 4;
  const rows = transposed ? outer.findIndex((axis) => axis.from === 4) : -1;
  if (rows >= 0) {
    const across = outer.pop()!;
    const [down] = outer.splice(rows, 1);
    return run(backend, "copyTransposed", places, { outer, down, across, ...transposedBlocks(down, across) });
  }
  const last = outer.at(-1);
  const isRun = last?.from === bytes && last.to === bytes;
  const across = { size: bytes * (isRun ? outer.pop()!.size : 1), from: 1, to: 1 };
  const down = outer.pop() ?? { size: 1, from: 0, to: 0 };
  const acrossOfBlock = Math.min(across.size, CHUNK_BYTES);
  const downOfBlock = Math.min(down.size, Math.max(1, Math.floor(CHUNK_BYTES / Math.max(4, acrossOfBlock))));
  const bytesOfBlock = acrossOfBlock * downOfBlock;
  run(backend, "copyRuns", places, { outer, down, across, downOfBlock, acrossOfBlock, bytesOfBlock });
}

/** Neighbouring axes as one where the outer goes on as the inner does; none of size 1. */
function merge(axes: CopyAxis[]): CopyAxis[] {
  const merged: CopyAxis[] = [];
  for (const axis of axes) {
    const { size, from, to } = axis;
    const before = merged.at(-1);
    if (size === 1) continue;
    if (before && before.from === size * from && before.to === size * to)
      merged[merged.length - 1] = { size: before.size * size, from, to };
    else merged.push(axis);
  }
  return merged;
}

/** Square blocks; longer ones where the plane is narrow. */
function transposedBlocks(down: CopyAxis, across: CopyAxis) {
  const acrossOfBlock = Math.min(across.size, Math.max(BLOCK_SIDE, Math.floor(BLOCK / down.size / 4) * 4));
  const downOfBlock = Math.min(down.size, Math.max(BLOCK_SIDE, Math.floor(BLOCK / across.size / 4) * 4));
  return { acrossOfBlock, downOfBlock, bytesOfBlock: 4 * acrossOfBlock * downOfBlock };
}

/** Planes and their blocks: see Copy in assembly/shapes.ts. */
interface Planes {
  outer: CopyAxis[];
  down: CopyAxis;
  across: CopyAxis;
  downOfBlock: number;
  acrossOfBlock: number;
  bytesOfBlock: number;
}

function run(backend: SimdBackend, task: string, places: number[], planes: Planes): void {
  const { outer, down, across, downOfBlock, acrossOfBlock, bytesOfBlock } = planes;
  const blocksOfPlane = Math.ceil(down.size / downOfBlock) * Math.ceil(across.size / acrossOfBlock);
  const blocks = outer.reduce((product, { size }) => product * size, blocksOfPlane);
  const blocksOfChunk = Math.max(1, Math.floor(CHUNK_BYTES / bytesOfBlock));
  backend.run(task, Math.ceil(blocks / blocksOfChunk), [
    ...[...places, down.size, down.from, down.to, across.size, across.from, across.to],
    ...[downOfBlock, acrossOfBlock, blocks, blocksOfChunk, outer.length],
    ...outer.flatMap(({ size, from, to }) => [size, from, to]),
  ]);
}
