import * as tf from "@tensorflow/tfjs";
import { SimdBackend } from "../SimdBackend";
import { softmaxCrossEntropy, type StepResult } from "./softmaxCrossEntropy";
import { stagesOf } from "./stagesOf";

/** Training of a model in steps that are laid out once, in memory that is taken once. */
export interface TrainingStep {
  /**
   * One step of the optimizer. The model's weights and its optimizer's state are those of TensorFlow.js, changed in
   * place.
   *
   * @param fill - writes the images into a view [count, …input shape] and the classes into one [count]
   */
  run(count: number, fill: (images: Float32Array, labels: Int32Array) => void): StepResult;
  /** Gives the memory back. */
  release(): void;
}

/**
 * Lays out the training step of a compiled model on the `simd` backend: layers that go together in one pass, softmax and
 * cross-entropy in one, no tensors in between. Null where the model, its loss or its backend is not of the kinds it
 * knows; train it with `trainOnBatch` then.
 *
 * @param most - examples of a step at most
 */
export function layOutTraining(model: tf.LayersModel, most: number): TrainingStep | null {
  const backend = tf.backend();
  const makers = stagesOf(model);
  if (!(backend instanceof SimdBackend) || !makers) return null;
  if (model.loss !== "sparseCategoricalCrossentropy") return null;

  const blocks: number[] = [];
  const { allocator, memory } = backend.pool;
  const allocate = (floats: number) => {
    blocks.push(allocator.allocate(4 * Math.max(1, floats)));
    return blocks.at(-1)!;
  };
  const inputSize = tf.util.sizeFromShape(model.inputs[0].shape.slice(1) as number[]);
  const classes = model.outputs[0].shape[1] as number;
  const images = allocate(most * inputSize);
  const gradient = allocate(most * classes);
  const labels = new Int32Array(most);
  const gradients: { name: string; tensor: tf.Tensor }[] = [];
  const gradientOf = ({ name, shape }: tf.Variable) => {
    const info = backend.output(shape, "float32");
    gradients.push({ name, tensor: tf.keep(tf.engine().makeTensorFromTensorInfo(info)) });
    return backend.address(info);
  };
  const stages = makers.map((make, i) => make({ backend, most, needsInputGradient: i > 0, allocate, gradientOf }));
  const { buffer } = memory;

  function run(count: number, fill: (images: Float32Array, labels: Int32Array) => void): StepResult {
    if (!(count >= 1 && count <= most)) throw new RangeError(`a training step of ${count} examples: 1 to ${most} go`);
    fill(new Float32Array(buffer, images, count * inputSize), labels.subarray(0, count));
    const logits = stages.reduce((x, stage) => stage.forward(count, x), images);
    const result = softmaxCrossEntropy({
      logits: new Float32Array(buffer, logits, count * classes),
      labels: labels.subarray(0, count),
      gradient: new Float32Array(buffer, gradient, count * classes),
    });
    stages.reduceRight((dy, stage) => stage.backward(count, dy), gradient);
    model.optimizer.applyGradients(gradients);
    return result;
  }

  function release(): void {
    blocks.splice(0).forEach((address) => allocator.free(address));
    tf.dispose(gradients.splice(0).map(({ tensor }) => tensor));
  }

  return { run, release };
}
