import * as tf from "@tensorflow/tfjs";
import type { Embeddings } from "./embeddings";
import type { Pixels } from "./examples";
import { predict, type PredictOptions } from "./predict";

/** Which layer speaks for an image. */
export interface EmbedOptions extends PredictOptions {
  /** `embedding` is the last hidden layer (128 units in the first lesson's net), `probabilities` the softmax. */
  layer?: "embedding" | "probabilities";
}

/**
 * Turns images into vectors by what one layer of a trained classifier says of them.
 *
 * @param images - pixels 0 … 1, [count, 28, 28, 1]
 */
export async function embed(
  model: tf.LayersModel,
  images: Pixels,
  { layer = "embedding", ...options }: EmbedOptions = {},
): Promise<Embeddings> {
  const part = tf.model({ inputs: model.inputs, outputs: model.getLayer(layer).output });
  return { vectors: await predict(part, images, options), length: part.outputShape[1] as number };
}
