import type { GpuAdapter, WebGpu } from "./webGpuParts";

/**
 * The fastest GPU that the browser offers.
 *
 * @throws Error that says why there is none
 */
export async function findAdapter(): Promise<GpuAdapter> {
  const { navigator } = globalThis as { navigator?: { gpu?: WebGpu } };
  if (!navigator?.gpu) throw new Error("this browser offers no WebGPU here");
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("this browser's WebGPU finds no GPU");
  return adapter;
}
