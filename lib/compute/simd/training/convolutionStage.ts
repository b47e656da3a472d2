import type * as tf from "@tensorflow/tfjs";
import type { backend_util } from "@tensorflow/tfjs-core";
import { filterGradient, runConvolution } from "../kernels/conv2d";
import { adjointShape, plainShape } from "../kernels/convShape";
import type { Stage, StageContext } from "./stage";

/** A convolution of any stride and padding. */
export interface Convolution {
  /** [taps down, taps across, channels, filters]. */
  kernel: tf.Variable;
  bias?: tf.Variable;
  relu: boolean;
  /** Its geometry for as many images as are asked for. */
  describe(count: number): backend_util.Conv2DInfo;
}

/** A convolution and its gradients, each a pass of its own. */
export function convolutionStage({ kernel, bias, relu, describe }: Convolution, context: StageContext): Stage {
  const { backend, most, allocate, allocateToLearn, gradientOf, needsInputGradient } = context;
  const { outHeight, outWidth, outChannels, inHeight, inWidth, inChannels } = describe(most);
  const [tapsDown, tapsAcross] = kernel.shape;
  const taps = tapsDown * tapsAcross;
  const pooled = outHeight * outWidth * outChannels;
  const to = allocate(most * pooled);
  const dx = needsInputGradient ? allocateToLearn(most * inHeight * inWidth * inChannels) : 0;
  const turned = allocateToLearn(kernel.size);
  const kernelGradient = gradientOf(kernel);
  const biasGradient = bias ? gradientOf(bias) : 0;
  let x = 0;

  return {
    forward(count, from) {
      x = from;
      const places = { x, filter: backend.address(kernel), to, bias: bias ? backend.address(bias) : 0 };
      runConvolution(backend, plainShape(describe(count)), { ...places, code: Number(relu) });
      return to;
    },
    backward(count, dy) {
      const size = count * pooled;
      if (relu) backend.run("maskByRelu", Math.ceil(size / 4096), [dy, to, size]);
      const info = describe(count);
      filterGradient(backend, info, { x, dy, to: kernelGradient });
      const rows = count * outHeight * outWidth;
      if (bias) backend.run("sumRows", Math.ceil(outChannels / 16), [dy, 0, biasGradient, rows, outChannels]);
      if (!dx) return 0;
      backend.run("turnFilter", taps, [backend.address(kernel), turned, taps, inChannels, outChannels]);
      runConvolution(backend, adjointShape(info), { x: dy, filter: turned, to: dx, bias: 0, code: 0 });
      return dx;
    },
  };
}
