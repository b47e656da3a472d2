import * as tf from "@tensorflow/tfjs";
import type { KernelConfig, NamedAttrMap, TensorInfo } from "@tensorflow/tfjs";
import { workOf, type Work } from "./work";

/** What all calls of a kernel came to. */
export interface KernelTime extends Work {
  name: string;
  calls: number;
  /** Without those of kernels that it called. */
  seconds: number;
}

interface Call {
  inputs: Record<string, TensorInfo>;
  attrs: NamedAttrMap;
}

/**
 * Times every kernel of the backend `simd` while `run` runs; the kernels are as before afterwards.
 *
 * @returns the times, and the seconds that `run` took
 */
export async function timeKernels(run: () => Promise<unknown>): Promise<{ kernels: KernelTime[]; seconds: number }> {
  const times = new Map<string, KernelTime>();
  const configs = tf.getKernelsForBackend("simd");
  const within: number[] = [];
  configs.forEach((config) => replace(config, { ...config, kernelFunc: timed(config, times, within) }));
  const started = performance.now();
  try {
    await run();
  } finally {
    configs.forEach((config) => replace(config, config));
  }
  return { kernels: [...times.values()], seconds: (performance.now() - started) / 1000 };
}

function replace({ kernelName }: KernelConfig, config: KernelConfig): void {
  tf.unregisterKernel(kernelName, "simd");
  tf.registerKernel(config);
}

/** The kernel, its time added up; `within` holds the time of the kernels that each running one has called. */
function timed({ kernelName, kernelFunc }: KernelConfig, times: Map<string, KernelTime>, within: number[]) {
  return ((call: Call & { backend: never }) => {
    within.push(0);
    const started = performance.now();
    const result = kernelFunc(call as never);
    const passed = performance.now() - started;
    const inner = within.pop()!;
    if (within.length > 0) within[within.length - 1] += passed;
    const time = times.get(kernelName) ?? { name: kernelName, calls: 0, seconds: 0, flops: 0, bytes: 0 };
    const { flops, bytes } = workOf(kernelName, call, [result].flat());
    time.calls++;
    time.seconds += (passed - inner) / 1000;
    time.flops += flops;
    time.bytes += bytes;
    times.set(kernelName, time);
    return result;
  }) as KernelConfig["kernelFunc"];
}
