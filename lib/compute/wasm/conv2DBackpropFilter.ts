import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { runKernel, type KernelArguments } from "./kernel";

/**
 * The gradient of conv2d by its filter, which the stock backend lacks. One matrix product does it: the patches under
 * the filter, one row for each filter weight, times the gradient of the output.
 */
export function conv2DBackpropFilter({ inputs, attrs, backend }: KernelArguments): tf.TensorInfo {
  const { x, dy } = inputs;
  const shape = attrs.filterShape as [number, number, number, number];
  const info = convolutionInfo(x, attrs, shape);

  const patches = toPatches(backend, x, info); // [height * width * inChannels, batch * outHeight * outWidth]
  const flat = { dataId: dy.dataId, dtype: dy.dtype, shape: [patches.shape[1], info.outChannels] };
  const product = runKernel("BatchMatMul", backend, { a: patches, b: flat }, { transposeA: false, transposeB: false });
  backend.disposeData(patches.dataId);
  return { ...product, shape };
}

function convolutionInfo(x: tf.TensorInfo, attrs: tf.NamedAttrMap, shape: [number, number, number, number]) {
  if (attrs.dataFormat !== "NHWC")
    throw new RangeError(`conv2d gradient: data format ${attrs.dataFormat} is not supported; use NHWC`);
  return tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    shape,
    attrs.strides as [number, number],
    (attrs.dilations ?? 1) as number,
    attrs.pad as "same" | "valid" | number,
    attrs.dimRoundingMode as "floor" | "round" | "ceil" | undefined,
  );
}

/** Rows stand in the filter's own order (row, column, channel); what lies in the padding stays 0. */
function toPatches(backend: BackendWasm, x: tf.TensorInfo, info: tf.backend_util.Conv2DInfo): tf.TensorInfo {
  const { filterHeight, filterWidth, inChannels, batchSize, outHeight, outWidth } = info;
  const columns = batchSize * outHeight * outWidth;
  const patches = backend.makeOutput([filterHeight * filterWidth * inChannels, columns], "float32");
  const from = backend.typedArrayFromHeap(x) as Float32Array;
  const to = backend.typedArrayFromHeap(patches) as Float32Array;
  const padded = info.padInfo.top + info.padInfo.bottom + info.padInfo.left + info.padInfo.right > 0;
  if (padded) to.fill(0);

  let row = 0;
  for (let filterRow = 0; filterRow < filterHeight; filterRow++)
    for (let filterColumn = 0; filterColumn < filterWidth; filterColumn++)
      for (let channel = 0; channel < inChannels; channel++, row++)
        fillRow(to.subarray(row * columns, (row + 1) * columns), from, info, { filterRow, filterColumn, channel });
  return patches;
}

interface FilterWeight {
  filterRow: number;
  filterColumn: number;
  channel: number;
}

/** What one filter weight meets at each place of each image. */
function fillRow(to: Float32Array, from: Float32Array, info: tf.backend_util.Conv2DInfo, weight: FilterWeight): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth } = info;
  const top = weight.filterRow * info.dilationHeight - info.padInfo.top;
  const left = weight.filterColumn * info.dilationWidth - info.padInfo.left;
  const first = Math.max(0, Math.ceil(-left / strideWidth));
  const end = Math.min(outWidth, Math.ceil((inWidth - left) / strideWidth));
  const step = strideWidth * inChannels;
  for (let image = 0; image < batchSize; image++)
    for (let outRow = 0; outRow < outHeight; outRow++) {
      const inRow = outRow * strideHeight + top;
      if (inRow < 0 || inRow >= inHeight) continue;
      const start = (image * outHeight + outRow) * outWidth;
      let at = ((image * inHeight + inRow) * inWidth + left + first * strideWidth) * inChannels + weight.channel;
      for (let column = start + first; column < start + end; column++, at += step) to[column] = from[at];
    }
}
