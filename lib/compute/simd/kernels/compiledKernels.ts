import type { SimdKernel } from "../SimdBackend";
import { batchNorm } from "./batchNorm";
import { batchNormTraining } from "./batchNormTraining";
import { binary } from "./binary";
import { conv2d } from "./conv2d";
import { conv3d } from "./conv3d";
import { depthwise } from "./depthwise";
import { dropout } from "./dropout";
import { einsumKernel } from "./einsum";
import { fourier } from "./fourier";
import { gatherNd } from "./gatherNd";
import { layerNorm } from "./layerNorm";
import { matMul } from "./matMul";
import { mirrorPad } from "./mirrorPad";
import { pool2d } from "./pool2d";
import { pool3d } from "./pool3d";
import { power } from "./power";
import { recurrent } from "./recurrent";
import { reduce } from "./reduce";
import { resize } from "./resize";
import { running } from "./running";
import { segmentSum } from "./segmentSum";
import { shapes } from "./shapes";
import { softmax } from "./softmax";
import { spaceToBatch } from "./spaceToBatch";
import { topK } from "./topK";
import { types } from "./types";
import { unary } from "./unary";

/** The kernels that are compiled, by the name TensorFlow.js calls them by. */
export const compiledKernels: Record<string, SimdKernel> = {
  ...unary,
  ...binary,
  ...power,
  ...fourier,
  ...types,
  ...reduce,
  ...running,
  ...topK,
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
  Einsum: einsumKernel("simd"),
};
