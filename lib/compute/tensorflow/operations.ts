import { getKernel, registerKernel, unregisterKernel, type KernelConfig, type Tensor, util } from "@tensorflow/tfjs";
import { floatType, type NodeBackend } from "./nodeBackend";

type Call = Parameters<KernelConfig["kernelFunc"]>[0];

let isDone = false;

/**
 * Has the backend `tensorflow` take faster operations of TensorFlow where they do the same: MatMul for the product of two
 * matrices, which tfjs-node takes for a batch of them, and BiasAddGrad for a sum over all axes but the last.
 */
export function registerOperations(): void {
  if (isDone) return;
  isDone = true;
  replace("BatchMatMul", (call) => (areMatrices(call) ? multiply(call) : undefined));
  replace("Sum", (call) => (isOverPlaces(call) ? sumOverPlaces(call) : undefined));
}

/** Registers a kernel that goes on with tfjs-node's own where ours gives nothing. */
function replace(kernelName: string, ours: (call: Call) => Tensor | undefined): void {
  const own = getKernel(kernelName, "tensorflow");
  unregisterKernel(kernelName, "tensorflow");
  registerKernel({ ...own, kernelFunc: (call) => ours(call) ?? own.kernelFunc(call) });
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
