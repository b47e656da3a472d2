import { getKernel, type TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelCall } from "./SimdBackend";

/** Runs the `cpu` backend's kernel on this backend's tensors: the way out for what a compiled kernel does not take. */
export function inherited(kernelName: string, call: KernelCall): TensorInfo | TensorInfo[] {
  return call.backend.inherit(() => getKernel(kernelName, "cpu").kernelFunc(call) as TensorInfo | TensorInfo[]);
}
