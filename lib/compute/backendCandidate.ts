import * as tf from "@tensorflow/tfjs";
import { registerSimd, simdPool } from "./simd/registerSimd";
import { startWebGpu } from "./webgpu/startWebGpu";

/** One way to run TensorFlow.js on this machine. */
export interface BackendCandidate {
  name: string;
  /** Makes it the backend in use and says what it is; throws an Error that says why it cannot be had. */
  start(): Promise<string>;
  /**
   * Why it is not taken where nobody has asked for it; undefined where it is. By default it always is. Throws an Error that
   * says why it cannot be had.
   *
   * @param log - hears a line where finding out takes a while
   */
  refusal?(log: (line: string) => void): Promise<string | undefined>;
}

/** What each build of the kernels has. */
const KERNELS = {
  avx512: "AVX-512",
  avx2: "AVX2",
  relaxed: "fused multiply-add",
  plain: "SIMD",
  unshared: "SIMD",
};

/** Our compiled kernels on the cores of the CPU. */
export const simd: BackendCandidate = {
  name: "simd",
  async start() {
    registerSimd();
    await startBackend("simd");
    const { threads, build } = simdPool();
    return `compiled kernels with ${KERNELS[build]} on ${threads} thread${threads === 1 ? "" : "s"} of the CPU`;
  },
};

/** Any GPU, by WebGPU. */
export const webgpu: BackendCandidate = {
  name: "webgpu",
  async start() {
    registerSimd(); // for its corrections of TensorFlow.js, which hold on every backend
    return startWebGpu();
  },
};

/** The last resort. */
export const cpu: BackendCandidate = {
  name: "cpu",
  async start() {
    // Its first use would print an advertisement for tfjs-node; the caller's line says what runs and why.
    (tf.findBackend("cpu") as unknown as { firstUse: boolean }).firstUse = false;
    await startBackend("cpu");
    return "plain JavaScript on the CPU, thousands of times slower than simd";
  },
};

async function startBackend(backend: string): Promise<void> {
  const works = await tf.setBackend(backend).catch(() => false);
  if (!works) throw new Error(`TensorFlow.js could not start ${backend} here`);
}
