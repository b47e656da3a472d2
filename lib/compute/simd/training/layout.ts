import * as tf from "@tensorflow/tfjs";
import { SimdBackend } from "../SimdBackend";
import type { Stage } from "./stage";
import { stagesOf } from "./stagesOf";

/** A net in stages, with the memory for as many images as it may be given at once. */
export interface Layout {
  stages: Stage[];
  /** Floats of an image. */
  inputSize: number;
  classes: number;
  /**
   * A view of the images' place, for the first `count` of them.
   *
   * @throws Error after `release`, and while another backend is in use
   */
  images(count: number): Float32Array;
  /** From the images to the logits [count, classes]: their address. */
  forward(count: number): number;
  /** A view of [count, classes] at an address. */
  rows(count: number, address: number): Float32Array;
  /** The gradients of all weights, as TensorFlow.js' optimizers take them; none where there is nothing to learn. */
  gradients: { name: string; tensor: tf.Tensor }[];
  /** Where the gradient of the logits is to be left; 0 where there is nothing to learn. */
  gradient: number;
  /** Gives the memory back. */
  release(): void;
}

/**
 * Lays a model out on the `simd` backend; null where another backend is in use or the model is not of the kind that
 * `stagesOf` knows.
 *
 * @param most - images at once at most
 * @throws RangeError when that is no whole number of 1 or more, or memory does not suffice
 */
export function layOut(model: tf.LayersModel, most: number, { learns }: { learns: boolean }): Layout | null {
  const backend = tf.backend();
  const makers = backend instanceof SimdBackend && stagesOf(model);
  if (!makers) return null;
  if (!Number.isInteger(most) || most < 1)
    throw new RangeError(
      `a layout for ${most} images at once; give a whole number of 1 or more, such as the batch size`,
    );
  const { allocator, memory } = backend.pool;
  const blocks: number[] = [];
  const gradients: Layout["gradients"] = [];

  function allocate(floats: number): number {
    blocks.push(allocator.allocate(4 * Math.max(1, floats)));
    return blocks.at(-1)!;
  }

  function gradientOf({ name, shape }: tf.Variable): number {
    if (!learns) return 0;
    const info = (backend as SimdBackend).output(shape, "float32");
    gradients.push({ name, tensor: tf.keep(tf.engine().makeTensorFromTensorInfo(info)) });
    return (backend as SimdBackend).address(info);
  }

  let isReleased = false;
  function release(): void {
    isReleased = true;
    blocks.splice(0).forEach((address) => allocator.free(address));
    tf.dispose(gradients.splice(0).map(({ tensor }) => tensor));
  }

  /** Elsewhere the optimizer would take the gradients along, and their memory here would be another's. */
  function checkInUse(): void {
    if (isReleased) throw new Error("this layout of a model was released; lay the model out anew");
    if (tf.backend() !== backend)
      throw new Error(
        `the model is laid out on the backend simd, and ${tf.getBackend()} is in use; call tf.setBackend("simd") before`,
      );
  }

  const inputSize = tf.util.sizeFromShape(model.inputs[0].shape.slice(1) as number[]);
  const classes = model.outputs[0].shape[1] as number;
  const allocateToLearn = (floats: number) => (learns ? allocate(floats) : 0);
  const shared = { backend, most, allocate, allocateToLearn, gradientOf };
  let images: number;
  let stages: Stage[];
  let gradient: number;
  try {
    images = allocate(most * inputSize);
    stages = makers.map((make, i) => make({ ...shared, needsInputGradient: learns && i > 0 }));
    gradient = allocateToLearn(most * classes);
  } catch (error) {
    release();
    throw error;
  }

  return {
    ...{ stages, inputSize, classes, gradients, gradient, release },
    images(count) {
      checkInUse();
      return new Float32Array(memory.buffer, images, count * inputSize);
    },
    forward: (count) => stages.reduce((x, stage) => stage.forward(count, x), images),
    rows: (count, address) => new Float32Array(memory.buffer, address, count * classes),
  };
}
