import type * as tf from "@tensorflow/tfjs";
import { fitsWinograd, runWinograd, tileChunks } from "../kernels/winograd";
import { dealOut } from "../kernels/passes";
import { spread, type Stage, type StageContext } from "./stage";

/** A convolution of 3 x 3 with stride 1 followed by max pooling of 2 x 2, in one pass. */
export interface PooledConvolution {
  kernel: tf.Variable;
  bias?: tf.Variable;
  relu: boolean;
  height: number;
  width: number;
  channels: number;
  filters: number;
  padTop: number;
  padLeft: number;
  /** Height and width of the pooled output. */
  down: number;
  across: number;
}

/** Whether the pass for thin images takes it: few channels, no padding, the first of a net. */
export function isThin({ channels, filters, padTop, padLeft }: PooledConvolution, first: boolean): boolean {
  return first && channels <= 4 && padTop === 0 && padLeft === 0 && filters % 8 === 0;
}

/** Whether the pass by Winograd's filtering takes it. */
export function isWide({ channels, filters }: PooledConvolution): boolean {
  return fitsWinograd(channels, filters);
}

/** The pass for thin images: see assembly/thinConvPool.ts. */
export function thinStage(conv: PooledConvolution, context: StageContext): Stage {
  const { backend, most, allocate, allocateToLearn } = context;
  const { height, width, channels, filters, down, across, relu } = conv;
  const pooled = down * across * filters;
  const [to, codes] = [allocate(most * pooled), allocate(most * pooled)];
  const size = 9 * channels * filters;
  const sums = allocateToLearn(dealOut(most).parts * size);
  const { kernel, bias } = gradientsOf(conv, context);
  let images = 0;

  function parameters(count: number, dy: number, share: number): number[] {
    const weights = [backend.address(conv.kernel), conv.bias ? backend.address(conv.bias) : 0];
    const sizes = [count, height, width, channels, filters, down, across, Number(relu), share];
    return [images, ...weights, to, codes, dy, sums, ...sizes];
  }

  return {
    forward(count, x) {
      images = x;
      const { share, chunks } = spread(count);
      backend.run("thinForward", chunks, parameters(count, 0, share));
      return to;
    },
    backward(count, dy) {
      const { share, parts } = dealOut(count);
      backend.run("thinBackward", parts, parameters(count, dy, share));
      backend.run("sumParts", Math.ceil(size / 4096), [sums, kernel, size, parts]);
      if (bias) sumBias(context, [dy, codes, bias, count * down * across, filters]);
      return 0;
    },
  };
}

/** The pass by Winograd's filtering: see assembly/winograd.ts. */
export function wideStage(conv: PooledConvolution, context: StageContext): Stage {
  const { backend, most, allocate, allocateToLearn, needsInputGradient } = context;
  const { height, width, channels, filters, down, across, padTop, padLeft, relu } = conv;
  const pooled = down * across * filters;
  const [to, codes] = [allocate(most * pooled), allocate(most * pooled)];
  const dx = needsInputGradient ? allocateToLearn(most * height * width * channels) : 0;
  const size = 16 * channels * filters;
  const [u, turned, sums] = [allocate(size), allocate(size), allocateToLearn(dealOut(most).parts * size)];
  const { kernel, bias } = gradientsOf(conv, context);
  let images = 0;

  function run(task: string, count: number, { dy = 0, share, chunks }: { dy?: number; share: number; chunks: number }) {
    const bias = conv.bias ? backend.address(conv.bias) : 0;
    const places = { x: images, u, turned, bias, to, codes, dy, dx, sums };
    const shape = { images: count, height, width, channels, filters, padTop, padLeft, down, across };
    runWinograd(backend, task, places, {
      ...shape,
      outHeight: down,
      outWidth: across,
      code: Number(relu),
      share,
      chunks,
    });
  }

  return {
    forward(count, x) {
      images = x;
      backend.run("winogradFilter", channels / 4, [backend.address(conv.kernel), u, turned, channels, filters]);
      run("winogradForward", count, tileChunks(count * down * across, channels, filters));
      return to;
    },
    backward(count, dy) {
      const { share, parts } = dealOut(count);
      run("winogradBackward", count, { dy, share: share * down * across, chunks: parts });
      backend.run("winogradFilterGradient", channels, [sums, kernel, channels, filters, parts]);
      if (bias) sumBias(context, [dy, codes, bias, count * down * across, filters]);
      return dx;
    },
  };
}

function gradientsOf({ kernel, bias }: PooledConvolution, { gradientOf }: StageContext) {
  return { kernel: gradientOf(kernel), bias: bias ? gradientOf(bias) : 0 };
}

function sumBias({ backend }: StageContext, parameters: number[]): void {
  backend.run("sumRows", Math.ceil(parameters[4] / 16), parameters);
}
