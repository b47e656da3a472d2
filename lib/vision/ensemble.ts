import type * as tf from "@tensorflow/tfjs";
import { mirrorImage } from "./augment";
import { countImages, IMAGE_SIZE, type Pixels } from "./examples";
import { predict, type PredictOptions } from "./predict";

/**
 * The mean of several predictions of the same examples: an ensemble of models, or of views of each picture.
 *
 * @param predictions - each [count, classes]
 * @throws TypeError when there is none, or when they have different lengths
 */
export function meanProbabilities(predictions: Float32Array[]): Float32Array {
  const lengths = predictions.map(({ length }) => length);
  if (new Set(lengths).size !== 1)
    throw new TypeError(
      `meanProbabilities(): predictions of lengths [${lengths.join(", ")}] came; give one or more, of the same examples`,
    );
  const sums = new Float64Array(lengths[0]);
  for (const prediction of predictions) for (let i = 0; i < sums.length; i++) sums[i] += prediction[i];
  return Float32Array.from(sums, (sum) => sum / predictions.length);
}

/**
 * Predicts each picture and its mirror image and gives the mean of both: test-time augmentation (Krizhevsky, Sutskever and
 * Hinton, 2012).
 *
 * @param images - pixels 0 … 1, [count, 28, 28, 1]
 * @throws TypeError when the pixels are not whole images
 * @returns probabilities [count, 10]
 */
export async function predictWithMirror(
  model: tf.LayersModel,
  images: Pixels,
  options: PredictOptions = {},
): Promise<Float32Array> {
  const mirrored = images.slice();
  for (let image = 0; image < countImages(images); image++)
    mirrorImage(mirrored.subarray(image * IMAGE_SIZE, (image + 1) * IMAGE_SIZE));
  return meanProbabilities([await predict(model, images, options), await predict(model, mirrored, options)]);
}
