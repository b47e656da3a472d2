import type * as tf from "@tensorflow/tfjs";
import type { WebGpuBackend } from "./webGpuParts";

/**
 * The values of a tensor, for which the thread waits until the GPU has computed them, by TensorFlow.js' own way through a
 * canvas. It would print a warning that this is slow: our own functions await tensors where that matters.
 */
export function readAtOnce(backend: WebGpuBackend, dataId: object): ReturnType<tf.KernelBackend["readSync"]> {
  const { readSync } = Object.getPrototypeOf(backend) as WebGpuBackend;
  backend.hasReadSyncWarned = true;
  return readSync.call(backend, dataId);
}
