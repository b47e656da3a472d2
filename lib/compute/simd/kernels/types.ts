import { util, type DataType, type TensorInfo } from "@tensorflow/tfjs-core";
import { floatBits } from "../floatBits";
import { inherited } from "../inherited";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { CHUNK, chunksOf } from "./passes";

/** From type to type, by a condition, of truths, of many tensors. */
export const types: Record<string, SimdKernel> = {
  Cast: cast,
  Select: select,
  Fill: fillShape,
  ZerosLike: (call) => fillLike("ZerosLike", 0, call),
  OnesLike: (call) => fillLike("OnesLike", 1, call),
  LogicalAnd: (call) => logic("LogicalAnd", "logicalAnd", call.inputs.a, call.inputs.b, call),
  LogicalOr: (call) => logic("LogicalOr", "logicalOr", call.inputs.a, call.inputs.b, call),
  LogicalNot: (call) => logic("LogicalNot", "logicalNot", call.inputs.x, call.inputs.x, call),
  AddN: addMany,
};

const CASTS: Record<string, string> = {
  "float32 to int32": "castFloatToInt",
  "float32 to bool": "castFloatToBool",
  "int32 to float32": "castIntToFloat",
  "int32 to bool": "castIntToBool",
  "bool to float32": "castBoolToFloat",
  "bool to int32": "castBoolToInt",
};

/** Unlike the `cpu` kernel this one always changes the numbers: compiled kernels go by a tensor's type. */
function cast(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { x } = inputs;
  const dtype = attrs.dtype as DataType;
  const task = CASTS[`${x.dtype} to ${dtype}`];
  if (!task) return inherited("Cast", call);
  const to = backend.output(x.shape, dtype);
  const count = util.sizeFromShape(x.shape);
  if (count > 0) backend.run(task, chunksOf(count), [backend.address(x), backend.address(to), count]);
  return to;
}

function select(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, backend } = call;
  const { condition, t, e } = inputs;
  const plain = condition.dtype === "bool" && t.dtype === e.dtype && (t.dtype === "float32" || t.dtype === "int32");
  const same = util.arraysEqual(condition.shape, t.shape) && util.arraysEqual(t.shape, e.shape);
  if (!plain || !same) return inherited("Select", call);
  const to = backend.output(t.shape, t.dtype);
  const count = util.sizeFromShape(t.shape);
  const places = [condition, t, e, to].map((tensor) => backend.address(tensor));
  if (count > 0) backend.run("select", chunksOf(count), [...places, count]);
  return to;
}

function fillShape(call: KernelCall): TensorInfo | TensorInfo[] {
  const { shape, value } = call.attrs as { shape: number[]; value: number | string };
  const dtype = (call.attrs.dtype as DataType) || util.inferDtype(value);
  return isNumeric(dtype) ? fill(call.backend, shape, Number(value), dtype) : inherited("Fill", call);
}

function fillLike(kernelName: string, value: number, call: KernelCall): TensorInfo | TensorInfo[] {
  const { x } = call.inputs;
  return isNumeric(x.dtype) ? fill(call.backend, x.shape, value, x.dtype) : inherited(kernelName, call);
}

function isNumeric(dtype: DataType): boolean {
  return dtype === "float32" || dtype === "int32" || dtype === "bool";
}

function fill(backend: SimdBackend, shape: number[], value: number, dtype: DataType): TensorInfo {
  const to = backend.output(shape, dtype);
  const count = util.sizeFromShape(shape);
  if (count === 0) return to;
  const address = backend.address(to);
  if (dtype === "bool") backend.run("fillBytes", byteChunks(count), [address, count, value]);
  else backend.run("fill", chunksOf(count), [address, count, dtype === "float32" ? floatBits(value) : value]);
  return to;
}

function byteChunks(count: number): number {
  return Math.ceil(count / (4 * CHUNK));
}

function logic(kernelName: string, task: string, a: TensorInfo, b: TensorInfo, call: KernelCall) {
  if (a.dtype !== "bool" || b.dtype !== "bool" || !util.arraysEqual(a.shape, b.shape))
    return inherited(kernelName, call);
  const { backend } = call;
  const to = backend.output(a.shape, "bool");
  const count = util.sizeFromShape(a.shape);
  const places = [a, b, to].map((tensor) => backend.address(tensor));
  if (count > 0) backend.run(task, byteChunks(count), [...places, count]);
  return to;
}

/** Tensors that the parameters of one task have room for. */
const MOST_TENSORS = 1000;

function addMany(call: KernelCall): TensorInfo | TensorInfo[] {
  const { backend } = call;
  const tensors = Object.values(call.inputs);
  if (tensors.length > MOST_TENSORS || tensors.some(({ dtype }) => dtype !== "float32")) return inherited("AddN", call);
  const to = backend.output(tensors[0].shape, "float32");
  const count = util.sizeFromShape(tensors[0].shape);
  const places = tensors.map((tensor) => backend.address(tensor));
  if (count > 0) backend.run("addMany", chunksOf(count), [backend.address(to), count, tensors.length, ...places]);
  return to;
}
