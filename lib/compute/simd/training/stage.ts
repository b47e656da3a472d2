import type * as tf from "@tensorflow/tfjs";
import type { SimdBackend } from "../SimdBackend";

/** A part of a net: one layer, or a few in one pass. Addresses are of float32 numbers in the kernels' memory. */
export interface Stage {
  /** From the input of `count` images at `x` to the output, whose address it gives. */
  forward(count: number, x: number): number;
  /** From the output's gradient at `dy`, which it may change, to the weights' and the input's, whose address it gives; 0 if nobody asks. */
  backward(count: number, dy: number): number;
}

/** What every stage is made with. */
export interface StageContext {
  backend: SimdBackend;
  /** Images that it must hold at once. */
  most: number;
  /** Whether the gradient of the input is asked for: not of the first stage. */
  needsInputGradient: boolean;
  /** Takes a block of memory for as long as the layout lives. */
  allocate(floats: number): number;
  /** The same for what only `backward` needs: 0 where there is nothing to learn. */
  allocateToLearn(floats: number): number;
  /** Where `backward` is to leave the gradient of a weight, asked for in the order of the layer's weights. */
  gradientOf(weight: tf.Variable): number;
}

/** Chunks of a pass over images, one each while they are few. */
export function spread(count: number): { share: number; chunks: number } {
  const share = Math.ceil(count / 64);
  return { share, chunks: Math.ceil(count / share) };
}
