import { getKernel, registerKernel, unregisterKernel, type KernelConfig, type TensorInfo } from "@tensorflow/tfjs";

/** What a kernel is called with. */
export type Call = Parameters<KernelConfig["kernelFunc"]>[0];

/** Registers a kernel of the backend `tensorflow` that goes on with tfjs-node's own where ours gives nothing. */
export function replaceKernel(kernelName: string, ours: (call: Call) => TensorInfo | undefined): void {
  const own = getKernel(kernelName, "tensorflow");
  unregisterKernel(kernelName, "tensorflow");
  registerKernel({ ...own, kernelFunc: (call) => ours(call) ?? own.kernelFunc(call) });
}
