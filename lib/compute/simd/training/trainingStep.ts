import type * as tf from "@tensorflow/tfjs";
import { layOut } from "./layout";
import { softmaxCrossEntropy, type StepResult } from "./softmaxCrossEntropy";

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
  if (model.loss !== "sparseCategoricalCrossentropy") return null;
  const layout = layOut(model, most, { learns: true });
  if (!layout) return null;
  const { stages, gradients, gradient, images, forward, rows, release } = layout;
  const labels = new Int32Array(most);

  function run(count: number, fill: (images: Float32Array, labels: Int32Array) => void): StepResult {
    if (!(count >= 1 && count <= most))
      throw new RangeError(
        `a training step got ${count} examples, wanted 1 to ${most}; for more, pass a larger most to layOutTraining()`,
      );
    const batch = labels.subarray(0, count);
    fill(images(count), batch);
    const logits = rows(count, forward(count));
    const result = softmaxCrossEntropy({ logits, labels: batch, gradient: rows(count, gradient) });
    stages.reduceRight((dy, stage) => stage.backward(count, dy), gradient);
    model.optimizer.applyGradients(gradients);
    return result;
  }

  return { run, release };
}
