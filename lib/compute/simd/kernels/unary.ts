import { backend_util, util, type NamedAttrMap } from "@tensorflow/tfjs-core";
import { floatBits } from "../floatBits";
import { inherited } from "../inherited";
import type { SimdKernel } from "../SimdBackend";
import { chunksOf } from "./passes";

/** Number by number, from one tensor to another of its type. */
export const unary: Record<string, SimdKernel> = {
  LeakyRelu: map("LeakyRelu", ({ alpha }) => [alpha as number]),
  Selu: map("Selu", () => [backend_util.SELU_SCALE, backend_util.SELU_SCALEALPHA]),
  Step: map("Step", ({ alpha }) => [alpha as number]),
  ClipByValue: map("ClipByValue", (attrs) => [attrs.clipValueMin as number, attrs.clipValueMax as number]),
};

for (const name of ["Relu", "Relu6", "Elu", "Neg", "Abs", "Square", "Sqrt", "Rsqrt", "Reciprocal"])
  unary[name] = map(name);
for (const name of ["Floor", "Ceil", "Round"]) unary[name] = map(name);
for (const name of ["Sin", "Cos", "Tan", "Atan", "Sinh", "Cosh"]) unary[name] = map(name);
for (const name of ["Exp", "Expm1", "Log", "Log1p", "Sigmoid", "Tanh", "Softplus", "Erf"]) unary[name] = map(name);

/** Kernels that have a task for int32 too. */
const OF_INT = ["Neg", "Abs", "Square"];

/** The kernel of the task `map…`, with the numbers that its operation needs. */
function map(kernelName: string, numbers?: (attrs: NamedAttrMap) => number[]): SimdKernel {
  return (call) => {
    const { inputs, attrs, backend } = call;
    const { x } = inputs;
    const isInt = x.dtype === "int32" && OF_INT.includes(kernelName);
    if (x.dtype !== "float32" && !isInt) return inherited(kernelName, call);
    const to = backend.output(x.shape, x.dtype);
    const count = util.sizeFromShape(x.shape);
    const params = [backend.address(x), backend.address(to), count];
    if (numbers) params.push(...numbers(attrs).map(floatBits));
    if (count > 0) backend.run(`map${isInt ? "Int" : ""}${kernelName}`, chunksOf(count), params);
    return to;
  };
}
