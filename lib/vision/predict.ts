import * as tf from "@tensorflow/tfjs";
import { layOutPrediction } from "../compute/simd/training/prediction";
import { countImages, IMAGE_SIZE, setPixels, type Pixels } from "./examples";

/** How a model is run over many images. */
export interface PredictOptions {
  /** Images a call of the model takes at once, default 256. */
  batchSize?: number;
  /** Called with how many images are done. */
  onProgress?: (done: number, total: number) => void;
}

/** A model made ready for many calls. */
export interface Predictor {
  /** The model's outputs for images, as `predict` gives them. */
  predict(images: Pixels, onProgress?: (done: number, total: number) => void): Promise<Float32Array>;
  /** Gives the memory back. */
  release(): void;
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
  images: Pixels,
  { batchSize = 256, onProgress }: PredictOptions = {},
): Promise<Float32Array> {
  checkBatchSize(batchSize);
  const predictor = newPredictor(model, { batchSize: Math.min(batchSize, countImages(images) || 1) });
  try {
    return await predictor.predict(images, onProgress);
  } finally {
    predictor.release();
  }
}

/**
 * Makes a model ready for many calls, so that each of a few images costs less than by `predict`. Until it is released
 * neither the backend nor the model may be changed.
 *
 * @internal
 */
export function newPredictor(
  model: tf.LayersModel,
  { batchSize = 256 }: Pick<PredictOptions, "batchSize"> = {},
): Predictor {
  checkBatchSize(batchSize);
  const width = model.outputShape[1] as number;
  const { predictBatch, release } = preparePrediction(model, batchSize);
  return {
    async predict(images, onProgress = () => {}) {
      const count = countImages(images);
      const outputs = new Float32Array(count * width);
      for (let start = 0; start < count; start += batchSize) {
        const end = Math.min(count, start + batchSize);
        outputs.set(await predictBatch(images.subarray(start * IMAGE_SIZE, end * IMAGE_SIZE)), start * width);
        onProgress(end, count);
        if (end < count) await new Promise(setImmediate); // lets an interrupt and the progress through
      }
      return outputs;
    },
    release,
  };
}

function checkBatchSize(batchSize: number): void {
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new RangeError(`predict(): batchSize is ${batchSize}; it must be a whole number from 1`);
}

/** Passes laid out in advance where backend and model allow it, those of TensorFlow.js elsewhere. */
function preparePrediction(model: tf.LayersModel, most: number) {
  const prediction = layOutPrediction(model, most);
  if (!prediction) return { predictBatch: predictionByLayers(model, most), release: () => {} };
  const predictBatch = (batch: Pixels) =>
    prediction.run(batch.length / IMAGE_SIZE, (images) => setPixels(images, batch));
  return { predictBatch, release: () => prediction.release() };
}

function predictionByLayers(model: tf.LayersModel, most: number): (batch: Pixels) => Promise<Float32Array> {
  const place = new Float32Array(most * IMAGE_SIZE); // one for all batches
  return async (batch) => {
    setPixels(place, batch);
    const outputs = tf.tidy(() => {
      const images = tf.tensor4d(place.subarray(0, batch.length), [batch.length / IMAGE_SIZE, 28, 28, 1]);
      return model.predictOnBatch(images) as tf.Tensor;
    });
    try {
      return (await outputs.data()) as Float32Array;
    } finally {
      outputs.dispose();
    }
  };
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
