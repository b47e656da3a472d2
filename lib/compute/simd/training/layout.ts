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
  /** A view of the images' place, for the first `count` of them. */
  images(count: number): Float32Array;
  /** From the images to the logits [count, classes]: their address. */
  forward(count: number): number;
  /** A view of [count, classes] at an address. */
  rows(count: number, address: number): Float32Array;
  /** The gradients of all weights, as TensorFlow.js' optimizers take them; none where there is nothing to learn. */
  gradients: { name: string; tensor: tf.Tensor }[];
  allocate(floats: number): number;
  /** Gives the memory back. */
  release(): void;
}

/**
 * Lays a model out on the `simd` backend; null where another backend is in use or the model is not of the kind that
 * `stagesOf` knows.
 *
 * @param most - images at once at most
 */
export function layOut(model: tf.LayersModel, most: number, { learns }: { learns: boolean }): Layout | null {
  const backend = tf.backend();
  const makers = backend instanceof SimdBackend && stagesOf(model);
  if (!makers) return null;
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

  function release(): void {
    blocks.splice(0).forEach((address) => allocator.free(address));
    tf.dispose(gradients.splice(0).map(({ tensor }) => tensor));
  }

  const inputSize = tf.util.sizeFromShape(model.inputs[0].shape.slice(1) as number[]);
  const classes = model.outputs[0].shape[1] as number;
  const images = allocate(most * inputSize);
  const allocateToLearn = (floats: number) => (learns ? allocate(floats) : 0);
  const shared = { backend, most, allocate, allocateToLearn, gradientOf };
  const stages = makers.map((make, i) => make({ ...shared, needsInputGradient: learns && i > 0 }));

  return {
    ...{ stages, inputSize, classes, gradients, allocate, release },
    images: (count) => new Float32Array(memory.buffer, images, count * inputSize),
    forward: (count) => stages.reduce((x, stage) => stage.forward(count, x), images),
    rows: (count, address) => new Float32Array(memory.buffer, address, count * classes),
  };
}
