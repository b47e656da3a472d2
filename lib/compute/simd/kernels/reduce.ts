import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { CHUNK, chunksOf } from "./passes";

/** Over axes, of tensors of float32. The order of a sum follows from the shape alone. */
export const reduce: Record<string, SimdKernel> = {
  Sum: (call) => overAxes("Sum", "Sum", call),
  Mean: (call) => overAxes("Mean", "Sum", call),
  Prod: (call) => overAxes("Prod", "Prod", call),
  Max: (call) => overAxes("Max", "Max", call),
  Min: (call) => overAxes("Min", "Min", call),
  ArgMax: (call) => alongAxis("ArgMax", "argMax", call),
  ArgMin: (call) => alongAxis("ArgMin", "argMin", call),
};

function overAxes(kernelName: string, operation: string, call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { x } = inputs;
  const count = util.sizeFromShape(x.shape);
  if (x.dtype !== "float32" || count === 0) return inherited(kernelName, call);
  const axes = util.parseAxisParam((attrs.axis ?? attrs.reductionIndices) as number[], x.shape);
  const groups = groupAxes(x.shape, axes);
  if (operation === "Prod" && groups.length > 3) return inherited(kernelName, call);
  const shape = attrs.keepDims
    ? x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : x.shape.filter((_, axis) => !axes.includes(axis));
  if (util.sizeFromShape(shape) === count) return backend.share(x, shape); // axes of one
  const to = backend.output(shape, "float32");
  const divisor = kernelName === "Mean" ? count / util.sizeFromShape(shape) : 1;
  reduceGroups(backend, operation, { from: backend.address(x), to: backend.address(to), groups, divisor });
  return to;
}

/** Sizes of neighbouring axes taken together: kept, reduced, kept, reduced … and at last kept; 1 where there is none. */
function groupAxes(shape: number[], axes: number[]): number[] {
  const groups = [1];
  shape.forEach((size, axis) => {
    if (size === 1) return;
    if (axes.includes(axis) === (groups.length % 2 === 1)) groups.push(1);
    groups[groups.length - 1] *= size;
  });
  if (groups.length === 1) groups.push(1);
  if (groups.length % 2 === 0) groups.push(1);
  return groups;
}

interface Job {
  from: number;
  to: number;
  groups: number[];
  divisor: number;
}

/** Reduces the last reduced group, then those before it. */
function reduceGroups(backend: SimdBackend, operation: string, { from, to, groups, divisor }: Job): void {
  const [length, inner] = groups.slice(-2);
  const before = groups.slice(0, -2);
  const outer = util.sizeFromShape(before);
  if (before.length === 1) return reduceMiddle(backend, operation, { from, to, outer, length, inner, divisor });
  backend.borrow(4 * outer * inner, (between) => {
    reduceMiddle(backend, operation, { from, to: between, outer, length, inner, divisor: 1 });
    const rest = [...before.slice(0, -1), before[before.length - 1] * inner];
    reduceGroups(backend, operation, { from: between, to, groups: rest, divisor });
  });
}

/** A tensor [outer, length, inner] whose middle axis is reduced. */
interface Middle {
  from: number;
  to: number;
  outer: number;
  length: number;
  inner: number;
  divisor: number;
}

/** Chunks that are enough for any number of threads, and parts that a long axis is cut in at most. */
const ENOUGH = 16;
const MOST_PARTS = 64;

/** Columns that are reduced together at most. */
const MOST_COLUMNS = 2048;

/** Numbers, or rows of columns, that meet at once: parts are multiples of it. */
const ROW_UNIT = 32;
const COLUMN_UNIT = 8;

function reduceMiddle(backend: SimdBackend, operation: string, job: Middle): void {
  const { from, to, outer, length, inner, divisor } = job;
  const columnsOfBlock = Math.min(inner, MOST_COLUMNS);
  const blocks = Math.ceil(inner / columnsOfBlock);
  const work = length * columnsOfBlock;
  const wanted = outer * blocks >= ENOUGH ? 1 : Math.min(MOST_PARTS, Math.ceil(work / CHUNK));
  const unit = inner === 1 ? ROW_UNIT : COLUMN_UNIT;
  const lengthOfPart = wanted === 1 ? length : Math.ceil(length / wanted / unit) * unit;
  const parts = Math.ceil(length / lengthOfPart);
  const outerOfChunk = Math.max(1, Math.floor(CHUNK / work));
  const chunks = parts * blocks === 1 ? Math.ceil(outer / outerOfChunk) : outer * parts * blocks;
  const task = inner === 1 ? `rows${operation}` : `columns${operation}`;
  const run = (target: number) => {
    const sizes = [outer, length, inner, outerOfChunk, parts, lengthOfPart, blocks, columnsOfBlock, divisor];
    backend.run(task, chunks, [from, target, ...sizes]);
  };
  if (parts === 1) return run(to);
  backend.borrow(8 * outer * parts * inner, (between) => {
    run(between);
    backend.run(`join${operation}`, chunksOf(outer * inner), [between, to, outer, parts, inner, divisor]);
  });
}

function alongAxis(kernelName: string, task: string, call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { x } = inputs;
  if (x.dtype !== "float32" || util.sizeFromShape(x.shape) === 0) return inherited(kernelName, call);
  const axes = util.parseAxisParam(attrs.axis as number, x.shape);
  if (axes.length !== 1) return inherited(kernelName, call);
  const axis = axes[0];
  const [outer, inner] = [util.sizeFromShape(x.shape.slice(0, axis)), util.sizeFromShape(x.shape.slice(axis + 1))];
  const length = x.shape[axis];
  const to = backend.output([...x.shape.slice(0, axis), ...x.shape.slice(axis + 1)], "int32");
  const outerOfChunk = Math.max(1, Math.floor(CHUNK / (length * inner)));
  const places = [backend.address(x), backend.address(to)];
  backend.run(task, Math.ceil(outer / outerOfChunk), [...places, outer, length, inner, outerOfChunk]);
  return to;
}
