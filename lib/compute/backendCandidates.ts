import { type BackendCandidate, cpu, simd, webgpu } from "./backendCandidate";
import { registerSimd } from "./simd/registerSimd";
import { startTensorflow } from "./tensorflow/startTensorflow";

/**
 * The backends from the best to the last resort. TensorFlow on the CPU is slower than simd. WebGPU is not tried on a GPU yet.
 * Both are used where they are asked for.
 */
export const backendCandidates: BackendCandidate[] = [
  { name: "node-gpu", start: startNodeGpu },
  simd,
  { name: "tensorflow", start: startTensorflowCpu },
  webgpu,
  cpu,
];

async function startNodeGpu(): Promise<string> {
  registerSimd(); // here and below, for its corrections of TensorFlow.js, which hold on every backend
  const { library, hasGpu } = await startTensorflow();
  if (!hasGpu) throw new Error(`${library} sees no GPU`);
  return `${library} on the GPU`;
}

async function startTensorflowCpu(): Promise<string> {
  registerSimd();
  const { library, hasGpu } = await startTensorflow();
  return `${library} on the ${hasGpu ? "GPU" : "CPU"}`;
}
