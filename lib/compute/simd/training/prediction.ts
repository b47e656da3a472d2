import type * as tf from "@tensorflow/tfjs";
import { layOut } from "./layout";

/** Prediction by a model whose passes are laid out once. */
export interface Prediction {
  /**
   * The probabilities [count, classes] of a batch.
   *
   * @param fill - writes the images into a view [count, …input shape]
   */
  run(count: number, fill: (images: Float32Array) => void): Float32Array;
  /** Gives the memory back. */
  release(): void;
}

/**
 * Lays out a classifier's prediction on the `simd` backend, in the passes of `layOutTraining`. Null where the model or the
 * backend is not of the kinds it knows; use `predictOnBatch` then.
 *
 * @param most - images of a batch at most
 */
export function layOutPrediction(model: tf.LayersModel, most: number): Prediction | null {
  const layout = layOut(model, most, { learns: false });
  if (!layout) return null;
  const { images, forward, rows, classes, release } = layout;

  function run(count: number, fill: (images: Float32Array) => void): Float32Array {
    if (!(count >= 1 && count <= most))
      throw new RangeError(
        `a prediction got ${count} images, wanted 1 to ${most}; for more, pass a larger most to layOutPrediction()`,
      );
    fill(images(count));
    const probabilities = rows(count, forward(count)).slice();
    for (let row = 0; row < count; row++) toProbabilities(probabilities.subarray(row * classes, (row + 1) * classes));
    return probabilities;
  }

  return { run, release };
}

/** Softmax of a row, in place. */
function toProbabilities(row: Float32Array): void {
  const largest = row.reduce((most, value) => Math.max(most, value), -Infinity);
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i] = Math.exp(row[i] - largest);
  for (let i = 0; i < row.length; i++) row[i] /= sum;
}
