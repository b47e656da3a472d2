import * as tf from "@tensorflow/tfjs";
import type { KernelArguments } from "./kernel";

/** The gradient of max pooling: each output's gradient goes to the first largest input under its window. */
export function maxPoolGrad({ inputs, attrs, backend }: KernelArguments): tf.TensorInfo {
  const { dy, input } = inputs;
  const info = tf.backend_util.computePool2DInfo(
    input.shape as [number, number, number, number],
    attrs.filterSize as [number, number],
    attrs.strides as [number, number],
    1,
    attrs.pad as "same" | "valid" | number,
    attrs.dimRoundingMode as "floor" | "round" | "ceil" | undefined,
  );
  const dx = backend.makeOutput(input.shape, "float32");
  const gradient = backend.typedArrayFromHeap(dx) as Float32Array;
  gradient.fill(0);
  scatter(
    gradient,
    backend.typedArrayFromHeap(dy) as Float32Array,
    backend.typedArrayFromHeap(input) as Float32Array,
    info,
  );
  return dx;
}

function scatter(dx: Float32Array, dy: Float32Array, x: Float32Array, info: tf.backend_util.Conv2DInfo): void {
  const { batchSize, outHeight, outWidth, inHeight, inWidth, inChannels, padInfo } = info;
  let from = 0;
  for (let image = 0; image < batchSize; image++)
    for (let row = 0; row < outHeight; row++) {
      const top = row * info.strideHeight - padInfo.top;
      const firstRow = Math.max(0, top);
      const endRow = Math.min(inHeight, top + info.filterHeight);
      for (let column = 0; column < outWidth; column++) {
        const left = column * info.strideWidth - padInfo.left;
        const firstColumn = Math.max(0, left);
        const endColumn = Math.min(inWidth, left + info.filterWidth);
        for (let channel = 0; channel < inChannels; channel++, from++) {
          let best = ((image * inHeight + firstRow) * inWidth + firstColumn) * inChannels + channel;
          let largest = x[best];
          for (let inRow = firstRow; inRow < endRow; inRow++) {
            let at = ((image * inHeight + inRow) * inWidth + firstColumn) * inChannels + channel;
            for (let inColumn = firstColumn; inColumn < endColumn; inColumn++, at += inChannels)
              if (x[at] > largest) {
                largest = x[at];
                best = at;
              }
          }
          dx[best] += dy[from];
        }
      }
    }
}
