import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { isNative } from "../../../threads/vectors";
import { inherited } from "../inherited";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { finishEpilogue, splitEpilogue, type Epilogue } from "./activation";

/** Products of matrices. */
export const matMul: Record<string, SimdKernel> = { BatchMatMul: batchMatMul, _FusedMatMul: fusedMatMul };

function batchMatMul(call: KernelCall): TensorInfo | TensorInfo[] {
  const product = planProduct(call);
  return product ? multiply(call.backend, product) : inherited("BatchMatMul", call);
}

function fusedMatMul(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const product = planProduct(call);
  if (!product) return inherited("_FusedMatMul", call);
  const { bias, code, rest } = splitEpilogue({ ...inputs, ...attrs } as Epilogue, product.columns);
  return finishEpilogue(backend, multiply(backend, product, { bias, code }), rest);
}

/** One matrix product, or a batch of them. */
interface Product {
  a: TensorInfo;
  b: TensorInfo;
  transposeA: boolean;
  transposeB: boolean;
  batch: number;
  rows: number;
  columns: number;
  depth: number;
  /** Elements from one matrix of the batch to the next; 0 where one serves all. */
  strideA: number;
  strideB: number;
  shape: number[];
}

/** Null for what the compiled product does not take: other types, batches that are spread in both operands. */
function planProduct({ inputs: { a, b }, attrs }: KernelCall): Product | null {
  if (a.dtype !== "float32" || b.dtype !== "float32" || a.shape.length < 2 || b.shape.length < 2) return null;
  const [transposeA, transposeB] = [!!attrs.transposeA, !!attrs.transposeB];
  const [rows, depth] = sides(a.shape, transposeA);
  const [depthB, columns] = sides(b.shape, transposeB);
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [batchA, batchB] = [util.sizeFromShape(outerA), util.sizeFromShape(outerB)];
  if (depth !== depthB || !(batchA === 1 || batchB === 1 || util.arraysEqual(outerA, outerB))) return null;
  const batch = batchA === 1 ? batchB : batchA;
  return {
    ...{ a, b, transposeA, transposeB, batch, rows, columns, depth },
    strideA: batchA === 1 ? 0 : rows * depth,
    strideB: batchB === 1 ? 0 : depth * columns,
    shape: [...broadcast(outerA, outerB), rows, columns],
  };
}

function sides(shape: number[], transposed: boolean): [number, number] {
  const [first, second] = shape.slice(-2);
  return transposed ? [second, first] : [first, second];
}

/** Of two batches' shapes, one of them of size 1 throughout or both the same. */
function broadcast(one: number[], other: number[]): number[] {
  const rank = Math.max(one.length, other.length);
  const at = (shape: number[], axis: number) => shape[axis - rank + shape.length] ?? 1;
  return Array.from({ length: rank }, (_, axis) => {
    const [first, second] = [at(one, axis), at(other, axis)];
    return first === 1 ? second : first;
  });
}

function multiply(
  backend: SimdBackend,
  product: Product,
  { bias, code = 0 }: { bias?: TensorInfo; code?: number } = {},
) {
  const { a, b, transposeA, transposeB, batch, rows, columns, depth, shape } = product;
  const to = backend.output(shape, "float32");
  if (batch * rows * columns === 0) return to;
  const places = { b: backend.address(b), to: backend.address(to), bias: bias ? backend.address(bias) : 0 };
  const run = (task: string, own: object) => runProduct(backend, task, product, { ...places, a: backend.address(a), code, ...own }); // prettier-ignore
  if (transposeA && transposeB) withTurned(backend, a, (turned) => run("matMulDots", { a: turned }));
  else if (transposeB && !isNative(backend.pool.build) && rows >= MANY_ROWS && depth <= SHORT_DEPTH && depth > 0)
    withTurned(backend, b, (turned) => run("matMul", { b: turned }));
  else run(transposeA ? "matMulColumns" : transposeB ? "matMulDots" : "matMul", {});
  return to;
}

/** Short dot products cost more than to turn the second factor over, where that serves so many rows. */
const MANY_ROWS = 16;
const SHORT_DEPTH = 256;

/** Lends the matrices of a tensor turned over. */
function withTurned(backend: SimdBackend, tensor: TensorInfo, use: (turned: number) => void): void {
  const [rows, columns] = tensor.shape.slice(-2);
  const count = util.sizeFromShape(tensor.shape);
  backend.borrow(4 * Math.max(1, count), (turned) => {
    const places = [backend.address(tensor), turned];
    if (count > 0) backend.run("transposeMatrix", count / (rows * columns), [...places, rows, columns]);
    use(turned);
  });
}

/** Where a product's operands lie; of the bias 0 where there is none. */
export interface Places {
  a: number;
  b: number;
  to: number;
  bias: number;
  code: number;
}

/** Chunks of one product at most. */
const MOST_CHUNKS = 64;

/**
 * How products are cut in chunks: multiplications of a chunk, about, some tens of microseconds; its rows and columns are
 * multiples of the tiles' (4 x 8, 3 x 3; native ones are 6 to 12 x 64 at most, and turn a second factor over once a chunk).
 */
const CUTS: Record<string, { work: number; rows: number; columns: number }> = {
  matMul: { work: 250_000, rows: 60, columns: 8 },
  matMulColumns: { work: 250_000, rows: 60, columns: 8 },
  matMulDots: { work: 250_000, rows: 60, columns: 3 },
};
const NATIVE_CUTS: typeof CUTS = {
  matMul: { work: 1_000_000, rows: 48, columns: 64 },
  matMulColumns: { work: 1_000_000, rows: 24, columns: 64 },
  matMulDots: { work: 1_000_000, rows: 192, columns: 64 },
};

/** The sizes of a product of matrices, or of a batch of them. */
export type ProductSizes = Pick<Product, "rows" | "columns" | "depth"> &
  Partial<Pick<Product, "batch" | "strideA" | "strideB">>;

/** Runs one of the tasks of assembly/matMul.ts. */
export function runProduct(backend: SimdBackend, task: string, sizes: ProductSizes, places: Places): void {
  const { a, b, to, bias, code } = places;
  const { batch = 1, rows, columns, depth, strideA = 0, strideB = 0 } = sizes;
  const cut = (isNative(backend.pool.build) ? NATIVE_CUTS : CUTS)[task];
  const wanted = Math.min(MOST_CHUNKS, Math.ceil((batch * rows * columns * Math.max(depth, 1)) / cut.work));
  const perMatrix = Math.ceil(wanted / batch);
  const rowParts = Math.min(perMatrix, Math.ceil(rows / cut.rows));
  const rowsOfChunk = roundUp(rows / rowParts, rowParts === 1 ? 1 : cut.rows);
  const columnParts = Math.ceil(perMatrix / rowParts);
  const columnsOfChunk = roundUp(columns / columnParts, cut.columns);
  const chunks = batch * Math.ceil(rows / rowsOfChunk) * Math.ceil(columns / columnsOfChunk);
  const steps = [4 * strideA, 4 * strideB, 4 * rows * columns];
  backend.run(task, chunks, [a, b, to, bias, rows, columns, depth, code, rowsOfChunk, columnsOfChunk, ...steps]);
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
