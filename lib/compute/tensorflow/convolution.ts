import type { Tensor } from "@tensorflow/tfjs";
import type { NodeBackend } from "./nodeBackend";
import { type Call, replaceKernel } from "./replaceKernel";
import { inImage, takesWindow, windowAttributes } from "./windowAttributes";

/** What is read of the attributes of a convolution with bias and activation. */
interface Convolution {
  strides: number | number[];
  dilations: number | number[];
  pad: string | number | number[][];
  dataFormat: string;
  activation?: string;
  leakyreluAlpha?: number;
}

/** Has a convolution and its bias be one operation of oneDNN; the activation follows. */
export function registerConvolution(): void {
  replaceKernel("FusedConv2D", convolve);
}

function convolve({ inputs, attrs, backend }: Call): Tensor | undefined {
  const { x, filter, bias, preluActivationWeights } = inputs as Record<string, Tensor>;
  const { strides, dilations, pad, dataFormat, activation, leakyreluAlpha } = attrs as unknown as Convolution;
  if (dataFormat !== "NHWC" || bias?.shape.length !== 1 || !takesWindow(pad, [x, filter, bias])) return undefined;
  const node = backend as NodeBackend;
  const lists = { strides: inImage(strides), dilations: inImage(dilations) };
  const attributes = windowAttributes(node, pad as string, lists);
  const y = node.executeSingleOutput("_MklNativeConv2DWithBias", attributes, [x, filter, bias]);
  const activated = node.applyActivation(y, activation, preluActivationWeights, leakyreluAlpha);
  if (activated !== y) y.dispose();
  return activated;
}
