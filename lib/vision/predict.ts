import * as tf from "@tensorflow/tfjs";
import { layOutPrediction } from "../compute/simd/training/prediction";
import { countImages, IMAGE_SIZE } from "./examples";

/** How a model is run over many images. */
export interface PredictOptions {
  /** Images a call of the model takes at once, default 256. */
  batchSize?: number;
  /** Told how many images are done. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Runs a model over images, a batch at a time.
 *
 * @param images - pixels 0 … 1, [count, 28, 28, 1]
 * @throws TypeError when the pixels are not whole images, RangeError for a batch size below 1
 * @returns the model's outputs row by row, for a classifier the probabilities [count, 10]
 */
export async function predict(
  model: tf.LayersModel,
  images: Float32Array,
  { batchSize = 256, onProgress = () => {} }: PredictOptions = {},
): Promise<Float32Array> {
  const count = countImages(images);
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new RangeError(`predict(): batchSize is ${batchSize}; it must be a whole number from 1`);
  const width = model.outputShape[1] as number;
  const outputs = new Float32Array(count * width);
  const { predictBatch, release } = preparePrediction(model, Math.min(batchSize, count));
  try {
    for (let start = 0; start < count; start += batchSize) {
      const end = Math.min(count, start + batchSize);
      outputs.set(predictBatch(images.subarray(start * IMAGE_SIZE, end * IMAGE_SIZE)), start * width);
      onProgress(end, count);
      await new Promise(setImmediate); // lets an interrupt and the progress through
    }
  } finally {
    release();
  }
  return outputs;
}

/** Passes laid out in advance where backend and model allow it, those of TensorFlow.js elsewhere. */
function preparePrediction(model: tf.LayersModel, most: number) {
  const prediction = layOutPrediction(model, most);
  if (!prediction) return { predictBatch: (batch: Float32Array) => predictByLayers(model, batch), release: () => {} };
  const predictBatch = (batch: Float32Array) =>
    prediction.run(batch.length / IMAGE_SIZE, (images) => images.set(batch));
  return { predictBatch, release: () => prediction.release() };
}

function predictByLayers(model: tf.LayersModel, images: Float32Array): Float32Array {
  return tf.tidy(() => {
    const batch = tf.tensor4d(images, [images.length / IMAGE_SIZE, 28, 28, 1]);
    return (model.predictOnBatch(batch) as tf.Tensor).dataSync() as Float32Array;
  });
}

/**
 * The most probable class of each row; of equals the first.
 *
 * @param probabilities - [count, classes]
 */
export function toClasses(probabilities: Float32Array, classes = 10): Uint8Array {
  return Uint8Array.from({ length: probabilities.length / classes }, (_, row) =>
    largest(probabilities.subarray(row * classes, (row + 1) * classes)),
  );
}

function largest(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
