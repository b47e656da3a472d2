import { getKernel, type NamedAttrMap, type TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelCall, SimdKernel } from "../SimdBackend";

/** Runs another kernel of the same backend. What it gives is let go when the composition is done. */
export type Run = (kernelName: string, inputs: Record<string, TensorInfo> | TensorInfo[], attrs?: object) => TensorInfo;

/** What a composition is called with. */
export type Composed = Pick<KernelCall, "inputs" | "attrs">;

/** A kernel that is made of other kernels of a backend: `compose` runs them, and returns what the last one gave. */
export function composed(backendName: "simd" | "cpu", compose: (run: Run, call: Composed) => TensorInfo): SimdKernel {
  return ({ inputs, attrs, backend }) => {
    const made: TensorInfo[] = [];
    const run: Run = (kernelName, inputs, attrs = {}) => {
      const kernel = getKernel(kernelName, backendName).kernelFunc;
      made.push(kernel({ inputs: inputs as never, attrs: attrs as NamedAttrMap, backend }) as TensorInfo);
      return made[made.length - 1];
    };
    const result = run("Identity", { x: compose(run, { inputs, attrs }) });
    for (const tensor of made) if (tensor !== result) backend.disposeData(tensor.dataId);
    return result;
  };
}
