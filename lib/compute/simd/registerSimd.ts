import {
  findBackendFactory,
  getKernel,
  getKernelsForBackend,
  registerBackend,
  registerKernel,
  type KernelFunc,
} from "@tensorflow/tfjs-core";
import { makePool, type Pool } from "../../threads/workerPool";
import { SimdBackend, type SimdKernel } from "./SimdBackend";
import { registerBatchNormGradient } from "./batchNormGradient";
import { einsumKernel } from "./corrections/einsum";
import { registerGradientCorrections } from "./corrections/registerGradientCorrections";
import { registerLayerCorrections } from "./corrections/registerLayerCorrections";
import { registerFusedBatchNorm } from "./fused/batchNorm";
import { registerFusedDropout } from "./fused/dropout";
import { registerFusedLayerNorm } from "./fused/layerNorm";
import { registerFusedProducts } from "./fused/products";
import { registerFusedRecurrent } from "./fused/recurrent";
import { registerFusedRelu6 } from "./fused/relu6";
import { registerGradients } from "./gradients";
import { correctFrozenModels } from "./corrections/frozenModels";
import { patchEngine } from "./engine/patchEngine";
import { inherited } from "./inherited";
import { batchNorm } from "./kernels/batchNorm";
import { batchNormTraining } from "./kernels/batchNormTraining";
import { binary } from "./kernels/binary";
import { conv3d } from "./kernels/conv3d";
import { conv2d } from "./kernels/conv2d";
import { depthwise } from "./kernels/depthwise";
import { dropout } from "./kernels/dropout";
import { fourier } from "./kernels/fourier";
import { gatherNd } from "./kernels/gatherNd";
import { layerNorm } from "./kernels/layerNorm";
import { matMul } from "./kernels/matMul";
import { pool3d } from "./kernels/pool3d";
import { mirrorPad } from "./kernels/mirrorPad";
import { pool2d } from "./kernels/pool2d";
import { power } from "./kernels/power";
import { recurrent } from "./kernels/recurrent";
import { reduce } from "./kernels/reduce";
import { resize } from "./kernels/resize";
import { segmentSum } from "./kernels/segmentSum";
import { shapes } from "./kernels/shapes";
import { softmax } from "./kernels/softmax";
import { spaceToBatch } from "./kernels/spaceToBatch";
import { types } from "./kernels/types";
import { unary } from "./kernels/unary";
import { patchOptimizers } from "./optimizers";
import { registerLaidOutFit } from "./training/laidOutFit";

/** The kernels that are compiled, by the name TensorFlow.js calls them by. */
export const compiledKernels: Record<string, SimdKernel> = {
  ...unary,
  ...binary,
  ...power,
  ...fourier,
  ...types,
  ...reduce,
  ...softmax,
  ...matMul,
  ...conv2d,
  ...depthwise,
  ...pool2d,
  ...batchNorm,
  ...batchNormTraining,
  ...shapes,
  ...spaceToBatch,
  ...mirrorPad,
  ...gatherNd,
  ...segmentSum,
  ...recurrent,
  ...layerNorm,
  ...dropout,
  ...resize,
  ...conv3d,
  ...pool3d,
  Einsum: einsumKernel("simd") as unknown as SimdKernel,
};

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
