import { backend_util, util, type DataType, type TensorInfo } from "@tensorflow/tfjs-core";
import { floatBits } from "../floatBits";
import { inherited } from "../inherited";
import type { KernelCall, SimdKernel } from "../SimdBackend";
import { chunksOf } from "./passes";

/** Number by number, from two tensors of one type, either of them spread over axes of the other. */
export const binary: Record<string, SimdKernel> = {
  Prelu: zip("Prelu", "x", "alpha"),
  EluGrad: zip("EluGrad", "dy", "y"),
  ReluGrad: zip("ReluGrad", "dy", "x"),
  Relu6Grad: zip("Relu6Grad", "dy", "x"),
  SigmoidGrad: zip("SigmoidGrad", "dy", "y"),
  TanhGrad: zip("TanhGrad", "dy", "y"),
  LeakyReluGrad: withNumbers("LeakyReluGrad", ({ alpha }) => [alpha]),
  ClipByValueGrad: withNumbers("ClipByValueGrad", ({ clipValueMin, clipValueMax }) => [clipValueMin, clipValueMax]),
};

for (const name of ["RealDiv", "SquaredDifference"]) binary[name] = zip(name);
for (const name of ["Add", "Sub", "Multiply", "Maximum", "Minimum", "Mod"])
  binary[name] = pairs(name, { float32: `zip${name}`, int32: `zipInt${name}` });
binary.FloorDiv = pairs("FloorDiv", { float32: "zipFloorDiv", int32: "zipIntFloorDiv", result: "int32" });
for (const name of ["Greater", "GreaterEqual", "Less", "LessEqual", "Equal", "NotEqual"])
  binary[name] = pairs(name, { float32: `compare${name}`, result: "bool" });

/** The kernel of the task `zip…`, of float32 only. */
function zip(kernelName: string, first = "a", second = "b"): SimdKernel {
  return pairs(kernelName, { float32: `zip${kernelName}` }, [first, second]);
}

/** The tasks of a kernel, by the type of its inputs. */
interface Tasks {
  float32: string;
  int32?: string;
  /** The type of the result, where that is not the inputs'. */
  result?: DataType;
}

/** The kernel of tasks of two tensors; the inherited one takes what they do not. */
export function pairs(kernelName: string, tasks: Tasks, [first, second] = ["a", "b"]): SimdKernel {
  return (call: KernelCall) => {
    const { inputs, backend } = call;
    const a = inputs[first];
    const b = inputs[second];
    const task = a.dtype === "float32" || a.dtype === "int32" ? tasks[a.dtype] : undefined;
    if (!task || a.dtype !== b.dtype) return inherited(kernelName, call);
    const { shape, count, axes } = spread(a, b);
    const to = backend.output(shape, tasks.result ?? a.dtype);
    const places = [backend.address(a), backend.address(b), backend.address(to), count];
    if (count > 0) backend.run(task, chunksOf(count), [...places, axes.length / 3, ...axes]);
    return to;
  };
}

/** The kernel of a gradient `zip…` of dy and x, of one shape, with the numbers that its operation needs. */
function withNumbers(kernelName: string, numbers: (attrs: Record<string, number>) => number[]): SimdKernel {
  return ({ inputs: { dy, x }, attrs, backend }) => {
    const to = backend.output(x.shape, "float32");
    const count = util.sizeFromShape(x.shape);
    const places = [backend.address(dy), backend.address(x), backend.address(to), count];
    const params = [...places, 1, count, 1, 1, ...numbers(attrs as Record<string, number>).map(floatBits)];
    if (count > 0) backend.run(`zip${kernelName}`, chunksOf(count), params);
    return to;
  };
}

/** Two operands brought to one shape. */
interface Spread {
  shape: number[];
  count: number;
  /** Innermost first and as few as can be: size, and numbers from one to the next in a and in b. */
  axes: number[];
}

function spread({ shape: a }: TensorInfo, { shape: b }: TensorInfo): Spread {
  const [sizeA, sizeB] = [util.sizeFromShape(a), util.sizeFromShape(b)];
  if (util.arraysEqual(a, b)) return { shape: a, count: sizeA, axes: [sizeA, 1, 1] };
  if (sizeB === 1 && b.length <= a.length) return { shape: a, count: sizeA, axes: [sizeA, 1, 0] };
  if (sizeA === 1 && a.length <= b.length) return { shape: b, count: sizeB, axes: [sizeB, 0, 1] };
  const shape = backend_util.assertAndGetBroadcastShape(a, b);
  return { shape, count: util.sizeFromShape(shape), axes: walk(shape, a, b) };
}

function walk(shape: number[], a: number[], b: number[]): number[] {
  const axes: number[] = [];
  let [wholeA, wholeB] = [1, 1];
  for (let back = 1; back <= shape.length; back++) {
    const size = shape[shape.length - back];
    const [ofA, ofB] = [a[a.length - back] ?? 1, b[b.length - back] ?? 1];
    const [stepA, stepB] = [ofA === 1 ? 0 : wholeA, ofB === 1 ? 0 : wholeB];
    wholeA *= ofA;
    wholeB *= ofB;
    if (size !== 1) append(axes, size, stepA, stepB);
  }
  return axes;
}

/** Adds an axis, or lengthens the last one where this goes on as that does. */
function append(axes: number[], size: number, stepA: number, stepB: number): void {
  const at = axes.length - 3;
  if (at >= 0 && stepA === axes[at] * axes[at + 1] && stepB === axes[at] * axes[at + 2]) axes[at] *= size;
  else axes.push(size, stepA, stepB);
}
