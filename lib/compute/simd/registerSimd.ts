import {
  findBackendFactory,
  getKernel,
  getKernelsForBackend,
  registerBackend,
  registerKernel,
  type KernelFunc,
} from "@tensorflow/tfjs-core";
import { makePool, type Pool } from "../../threads/workerPool";
import { registerBatchNormGradient } from "./batchNormGradient";
import { correctFrozenModels } from "./corrections/frozenModels";
import { registerGradientCorrections } from "./corrections/registerGradientCorrections";
import { registerLayerCorrections } from "./corrections/registerLayerCorrections";
import { patchEngine } from "./engine/patchEngine";
import { registerFusedBatchNorm } from "./fused/batchNorm";
import { registerFusedDropout } from "./fused/dropout";
import { registerFusedLayerNorm } from "./fused/layerNorm";
import { registerFusedProducts } from "./fused/products";
import { registerFusedRecurrent } from "./fused/recurrent";
import { registerFusedRelu6 } from "./fused/relu6";
import { registerGradients } from "./gradients";
import { inherited } from "./inherited";
import { compiledKernels } from "./kernels/compiledKernels";
import { patchOptimizers } from "./optimizers";
import { SimdBackend, type SimdKernel } from "./SimdBackend";
import { registerLaidOutFit } from "./training/laidOutFit";

/** The pool of this process: made with the first backend, shared by all. */
let pool: Pool | null = null;

/** The pool that every backend of this process works on. */
export function simdPool(): Pool {
  return (pool ??= makePool("compute/simd"));
}

/**
 * Registers the backend `simd` and its kernels with TensorFlow.js: all of `cpu`, the hot ones replaced. Called twice it
 * does nothing.
 */
export function registerSimd(): void {
  if (findBackendFactory("simd")) return;
  registerBackend("simd", () => new SimdBackend(simdPool()), 2);
  for (const config of getKernelsForBackend("cpu")) {
    const kernel = compiledKernels[config.kernelName] ?? ((call) => inherited(config.kernelName, call));
    registerKernel({ ...config, backendName: "simd", kernelFunc: attempted(kernel) });
  }
  for (const [kernelName, kernel] of Object.entries(compiledKernels)) {
    if (getKernel(kernelName, "simd")) continue;
    registerKernel({ kernelName, backendName: "simd", kernelFunc: attempted(kernel) });
  }
  registerGradients();
  registerBatchNormGradient();
  patchOptimizers();
  registerFusedProducts();
  registerLayerCorrections();
  patchEngine();
  correctFrozenModels();
  registerFusedBatchNorm();
  registerFusedLayerNorm();
  registerFusedDropout();
  registerFusedRecurrent();
  registerFusedRelu6();
  registerLaidOutFit();
  registerGradientCorrections();
}

function attempted(kernel: SimdKernel): KernelFunc {
  const run: SimdKernel = (call) => call.backend.attempt(() => kernel(call));
  return run as unknown as KernelFunc;
}
