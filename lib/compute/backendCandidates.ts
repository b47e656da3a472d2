import * as tf from "@tensorflow/tfjs";
import { registerSimd, simdPool } from "./simd/registerSimd";
import { startTensorflow } from "./tensorflow/startTensorflow";
import { startWebGpu } from "./webgpu/startWebGpu";

/** One way to run TensorFlow.js on this machine. */
export interface BackendCandidate {
  name: string;
  /** Makes it the backend in use and says what it is; throws an Error that says why it cannot be had. */
  start(): Promise<string>;
}

/**
 * The backends from the best to the last resort. TensorFlow on the CPU is slower than simd. WebGPU is not tried on a GPU yet.
 * Both are used where they are asked for.
 */
export const backendCandidates: BackendCandidate[] = [
  { name: "node-gpu", start: startNodeGpu },
  { name: "simd", start: startSimd },
  { name: "tensorflow", start: startTensorflowCpu },
  { name: "webgpu", start: startCorrectedWebGpu },
  { name: "cpu", start: startCpu },
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

async function startCorrectedWebGpu(): Promise<string> {
  registerSimd();
  return startWebGpu();
}

/** What each build of the kernels has. */
const KERNELS = {
  avx512: "AVX-512",
  avx2: "AVX2",
  relaxed: "fused multiply-add",
  plain: "SIMD",
  unshared: "SIMD",
};

async function startSimd(): Promise<string> {
  registerSimd();
  await start("simd");
  const { threads, build } = simdPool();
  return `compiled kernels with ${KERNELS[build]} on ${threads} thread${threads === 1 ? "" : "s"} of the CPU`;
}

async function startCpu(): Promise<string> {
  // Its first use would print an advertisement for tfjs-node; the caller's line says what runs and why.
  (tf.findBackend("cpu") as unknown as { firstUse: boolean }).firstUse = false;
  await start("cpu");
  return "plain JavaScript on the CPU, thousands of times slower than simd";
}

async function start(backend: string): Promise<void> {
  const works = await tf.setBackend(backend).catch(() => false);
  if (!works) throw new Error(`TensorFlow.js could not start ${backend} here`);
}
