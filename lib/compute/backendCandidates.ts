import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs";
import { registerSimd, simdPool } from "./simd/registerSimd";

/** One way to run TensorFlow.js on this machine. */
export interface BackendCandidate {
  name: string;
  /** Makes it the backend in use and says what it is; throws an Error that says why it cannot be had. */
  start(): Promise<string>;
}

const load = createRequire(__filename);

/** The backends from the best to the last resort. */
export const backendCandidates: BackendCandidate[] = [
  { name: "node-gpu", start: startNodeGpu },
  { name: "simd", start: startSimd },
  { name: "cpu", start: startCpu },
];

async function startNodeGpu(): Promise<string> {
  restoreIsNullOrUndefined();
  try {
    load("@tensorflow/tfjs-node-gpu");
  } catch (error) {
    throw new Error(whyNotLoaded(error as NodeJS.ErrnoException), { cause: error });
  }
  await start("tensorflow");
  const { isUsingGpuDevice } = tf.backend() as unknown as { isUsingGpuDevice: boolean };
  if (!isUsingGpuDevice) throw new Error("tfjs-node-gpu loads but sees no GPU");
  return "native TensorFlow on the GPU";
}

/** Node 23 dropped a function that tfjs-node 4.22.0 still calls (tensorflow/tfjs issue 8609). */
function restoreIsNullOrUndefined(): void {
  const util = load("node:util") as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

function whyNotLoaded(error: NodeJS.ErrnoException): string {
  if (error.code === "MODULE_NOT_FOUND") return "tfjs-node-gpu is not installed";
  if (error.message.includes("tfjs_binding.node")) return "tfjs-node-gpu is without its native library";
  return `tfjs-node-gpu does not load (${error.message.split("\n")[0]})`;
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
