import * as tf from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";

/** Zeros between neighbours along axes: `step` - 1 of them, so that a size n becomes (n - 1) step + 1. */
export function withHoles(x: Tensor, steps: [axis: number, step: number][]): Tensor {
  return steps.reduce((spread, [axis, step]) => (step === 1 ? spread : holesAlong(spread, axis, step)), x);
}

/** Every `step`-th along axes: what `withHoles` has spread. */
export function holeFree(x: Tensor, steps: [axis: number, step: number][]): Tensor {
  return steps.reduce((thin, [axis, step]) => (step === 1 ? thin : everyAlong(thin, axis, step)), x);
}

function holesAlong(x: Tensor, axis: number, step: number): Tensor {
  const { outer, size, inner } = around(x.shape, axis);
  if (size === 0) return x;
  const apart = tf.pad(tf.reshape(x, [outer * size, 1, inner]), [
    [0, 0],
    [0, step - 1],
    [0, 0],
  ]);
  const spread = (size - 1) * step + 1;
  const cut = tf.slice(tf.reshape(apart, [outer, size * step, inner]), [0, 0, 0], [outer, spread, inner]);
  return tf.reshape(cut, resized(x.shape, axis, spread));
}

function everyAlong(x: Tensor, axis: number, step: number): Tensor {
  const { outer, size, inner } = around(x.shape, axis);
  const kept = Math.ceil(size / step);
  const whole = tf.pad(tf.reshape(x, [outer, size, inner]), [
    [0, 0],
    [0, kept * step - size],
    [0, 0],
  ]);
  const cut = tf.slice(tf.reshape(whole, [outer * kept, step, inner]), [0, 0, 0], [outer * kept, 1, inner]);
  return tf.reshape(cut, resized(x.shape, axis, kept));
}

/** A shape as three axes: those before, the one, those behind. */
export function around(shape: number[], axis: number): { outer: number; size: number; inner: number } {
  const product = (sizes: number[]) => sizes.reduce((most, size) => most * size, 1);
  return { outer: product(shape.slice(0, axis)), size: shape[axis], inner: product(shape.slice(axis + 1)) };
}

/** A shape with another size along one axis. */
export function resized(shape: number[], axis: number, size: number): number[] {
  return shape.map((other, at) => (at === axis ? size : other));
}
