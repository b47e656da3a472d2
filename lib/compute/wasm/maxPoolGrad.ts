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
  const { batchSize, outHeight, outWidth, inChannels } = info;
  const window = new Int32Array(info.filterHeight * info.filterWidth);
  let from = 0;
  for (let image = 0; image < batchSize; image++)
    for (let row = 0; row < outHeight; row++)
      for (let column = 0; column < outWidth; column++) {
        const size = placeWindow(window, info, { image, row, column });
        for (let channel = 0; channel < inChannels; channel++) {
          let best = window[0] + channel;
          let largest = x[best];
          for (let place = 1; place < size; place++) {
            const at = window[place] + channel;
            const value = x[at];
            if (value > largest) {
              largest = value;
              best = at;
            }
          }
          dx[best] += dy[from++];
        }
      }
}

/** Writes where the inputs under one output begin, and gives their number: fewer at the padding. */
function placeWindow(
  window: Int32Array,
  info: tf.backend_util.Conv2DInfo,
  { image, row, column }: { image: number; row: number; column: number },
): number {
  const { inHeight, inWidth, inChannels, padInfo } = info;
  const top = row * info.strideHeight - padInfo.top;
  const left = column * info.strideWidth - padInfo.left;
  const endRow = Math.min(inHeight, top + info.filterHeight);
  const endColumn = Math.min(inWidth, left + info.filterWidth);
  let size = 0;
  for (let y = Math.max(0, top); y < endRow; y++)
    for (let x = Math.max(0, left); x < endColumn; x++)
      window[size++] = ((image * inHeight + y) * inWidth + x) * inChannels;
  return size;
}
