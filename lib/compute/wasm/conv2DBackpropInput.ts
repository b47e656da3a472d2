import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { runKernel, type KernelArguments } from "./kernel";

type StockKernel = (args: KernelArguments) => tf.TensorInfo;

/**
 * The gradient of conv2d by its input. With strides of 1 it is itself a convolution, of the padded gradient with the
 * filter turned by 180 degrees and its channels swapped, and the fast conv2d does it; else the stock kernel does.
 */
export function conv2DBackpropInput(stock: StockKernel): StockKernel {
  return (args) => {
    const { inputs, attrs, backend } = args;
    const [strideHeight, strideWidth] = attrs.strides as [number, number];
    if (strideHeight !== 1 || strideWidth !== 1 || attrs.dataFormat !== "NHWC") return stock(args);

    const { dy, filter } = inputs;
    const turned = turnedFilter(backend, filter);
    const convolution = { strides: [1, 1], dilations: [1, 1], dataFormat: "NHWC", pad: outerPadding(filter, attrs) };
    const dx = runKernel("Conv2D", backend, { x: dy, filter: turned }, convolution);
    backend.disposeData(turned.dataId);
    return dx;
  };
}

/** The padding that makes the result as large as the input was. */
function outerPadding(filter: tf.TensorInfo, attrs: tf.NamedAttrMap): number[][] {
  const [height, width] = filter.shape;
  const info = tf.backend_util.computeConv2DInfo(
    attrs.inputShape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    1,
    1,
    attrs.pad as "same" | "valid" | number,
    attrs.dimRoundingMode as "floor" | "round" | "ceil" | undefined,
  );
  const { top, bottom, left, right } = info.padInfo;
  return [
    [0, 0],
    [height - 1 - top, height - 1 - bottom],
    [width - 1 - left, width - 1 - right],
    [0, 0],
  ];
}

/** [height, width, in, out] to [height, width, out, in], both image axes reversed. */
function turnedFilter(backend: BackendWasm, filter: tf.TensorInfo): tf.TensorInfo {
  const [height, width, inChannels, outChannels] = filter.shape;
  const turned = backend.makeOutput([height, width, outChannels, inChannels], "float32");
  const from = backend.typedArrayFromHeap(filter) as Float32Array;
  const to = backend.typedArrayFromHeap(turned) as Float32Array;
  const places = height * width;
  let at = 0;
  for (let place = places - 1; place >= 0; place--)
    for (let input = 0; input < inChannels; input++)
      for (let output = 0; output < outChannels; output++, at++)
        to[(place * outChannels + output) * inChannels + input] = from[at];
  return turned;
}
