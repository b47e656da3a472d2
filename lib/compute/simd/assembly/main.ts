// Everything the backend calls. A task takes the address of its parameters and the number of a chunk.
export { launch, takeChunks, settle, work, failChunk, useScratch } from "../../../threads/assembly/pool";
export { fill } from "./fill";
export { matMul, matMulColumns, matMulDots, transposeMatrix } from "./matMul";
export { conv2d, conv2dDots, conv2dFilter, frameImages, sumParts, turnFilter } from "./conv2d";
export { winogradBackward, winogradFilter, winogradFilterGradient, winogradForward } from "./winograd";
export { winograd4Backward, winograd4Filter, winograd4FilterGradient, winograd4Forward } from "./winograd4";
export { thinBackward, thinForward } from "./thinConvPool";
export { largestMagnitude } from "./magnitude";
export { maskByRelu, sumRows } from "./training";
export * from "./unary";
export * from "./binary";
export * from "./types";
export * from "./reduce";
export * from "./argReduce";
export { copyRuns, copyTransposed, flattenIndices, gather, oneHot } from "./shapes";
export { segmentSum, segmentSumOfInts } from "./segmentSum";
export { softmax, softmaxGradient, logSoftmax } from "./softmax";
export { avgPool, avgPoolGradient, maxPool, maxPoolGradient, maxPoolPairs, maxPoolPairsGradient } from "./pool2d";
export { pool3d, pool3dGradient } from "./pool3d";
export { batchNorm, batchNormTable } from "./batchNorm";
export {
  batchMoments, batchNormGradient, batchNormSums, mergeBatchNormSums, mergeMoments, moveTowards,
} from "./batchNormTraining";
export { depthwise, spreadNumbers, sumNeighbours } from "./depthwise";
export { depthwiseFilter } from "./depthwiseFilter";
export { adamUpdate, momentumUpdate, rmspropUpdate, sgdUpdate } from "./optimizers";
export { gruBackward, gruForward, lstmBackward, lstmForward, packPanels } from "./recurrent";
export { blendPixels } from "./resize";
export { dropout } from "./dropout";
export { layerNorm, layerNormGradient } from "./layerNorm";
export * from "./power";
export * from "./circular";
export { fourier } from "./fourier";
export * from "./wholes";
export { runningProduct, runningSum } from "./running";
export { topK } from "./topK";
