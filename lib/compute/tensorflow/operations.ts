import { getKernel, type Tensor, type TensorInfo, util } from "@tensorflow/tfjs";
import { floatType, type NodeBackend } from "./nodeBackend";
import { type Call, replaceKernel } from "./replaceKernel";

let isDone = false;

/**
 * Has the backend `tensorflow` take faster operations of TensorFlow where they do the same: MatMul for the product of two
 * matrices, which tfjs-node takes for a batch of them, BiasAddGrad for a sum over all axes but the last, and none for a cast
 * to the type that is there.
 */
export function registerOperations(): void {
  if (isDone) return;
  isDone = true;
  replaceKernel("BatchMatMul", (call) => (areMatrices(call) ? multiply(call) : undefined));
  replaceKernel("Sum", (call) => (isOverPlaces(call) ? sumOverPlaces(call) : undefined));
  replaceKernel("Cast", (call) => (call.inputs.x!.dtype === call.attrs!.dtype ? share(call) : undefined));
}

function areMatrices({ inputs: { a, b } }: Call): boolean {
  return [a!, b!].every(
    ({ shape, dtype }) => shape.length === 2 && dtype === "float32" && util.sizeFromShape(shape) > 0,
  );
}

function multiply({ inputs: { a, b }, attrs, backend }: Call): Tensor {
  const node = backend as NodeBackend;
  const type = node.binding.TF_ATTR_BOOL;
  const flags = [
    { name: "transpose_a", type, value: attrs!.transposeA },
    { name: "transpose_b", type, value: attrs!.transposeB },
  ];
  return node.executeSingleOutput("MatMul", [floatType(node, "T"), ...flags], [a!, b!]);
}

/** A bias' gradient: what is left has one number for each channel. */
function isOverPlaces({ inputs: { x }, attrs }: Call): boolean {
  const { shape, dtype } = x!;
  if (dtype !== "float32" || attrs!.keepDims || shape.length < 2 || util.sizeFromShape(shape) === 0) return false;
  const axes = util.parseAxisParam(attrs!.axis as number[], shape);
  return axes.length === shape.length - 1 && !axes.includes(shape.length - 1);
}

function sumOverPlaces({ inputs: { x }, backend }: Call): Tensor {
  const node = backend as NodeBackend;
  const format = { name: "data_format", type: node.binding.TF_ATTR_STRING, value: "NHWC" };
  return node.executeSingleOutput("BiasAddGrad", [floatType(node, "T"), format], [x!]);
}

function share({ inputs, backend }: Call): TensorInfo {
  return getKernel("Identity", "tensorflow").kernelFunc({ inputs, attrs: {}, backend }) as TensorInfo;
}
