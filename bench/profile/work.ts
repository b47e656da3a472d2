import { util, type NamedAttrMap, type TensorInfo } from "@tensorflow/tfjs-core";

/** What a kernel has to do at the least. */
export interface Work {
  /** Multiplications and additions of products; 0 for other kernels. */
  flops: number;
  /** Of its inputs and outputs, each once. */
  bytes: number;
}

interface Call {
  inputs: Record<string, TensorInfo | undefined>;
  attrs: NamedAttrMap;
}

/** The work of a call. A convolution counts as it is written, also where a faster way needs fewer multiplications. */
export function workOf(kernelName: string, call: Call, outputs: TensorInfo[]): Work {
  const tensors = [...Object.values(call.inputs), ...outputs].filter((tensor): tensor is TensorInfo => !!tensor?.shape);
  const moved = SHARED.includes(kernelName) ? [] : tensors;
  const bytes = moved.reduce((sum, { shape, dtype }) => sum + util.sizeFromShape(shape) * util.bytesPerElement(dtype), 0); // prettier-ignore
  return { flops: flopsOf(kernelName, call, outputs), bytes };
}

/** They copy nothing. */
const SHARED = ["Identity", "Reshape"];

function flopsOf(kernelName: string, { inputs, attrs }: Call, [output]: TensorInfo[]): number {
  const size = (tensor: TensorInfo | undefined) => (tensor ? util.sizeFromShape(tensor.shape) : 0);
  switch (kernelName) {
    case "BatchMatMul":
    case "_FusedMatMul": {
      const [rows, columns] = inputs.a!.shape.slice(-2);
      return 2 * size(output) * (attrs.transposeA ? rows : columns);
    }
    case "Conv2D":
    case "FusedConv2D":
      return 2 * size(output) * tapsOf(inputs.filter!.shape);
    case "Conv2DBackpropInput":
      return 2 * size(inputs.dy) * tapsOf(inputs.filter!.shape);
    case "Conv2DBackpropFilter":
      return 2 * size(inputs.dy) * tapsOf(output.shape);
    default:
      return 0;
  }
}

/** Numbers that a convolution multiplies for each one that it gives. */
function tapsOf([down, across, channels]: number[]): number {
  return down * across * channels;
}
