import * as tf from "@tensorflow/tfjs";
import type { Embeddings } from "../embeddings";
import { countImages, IMAGE_SIZE, type Pixels } from "../examples";
import type { Pretrained } from "./loadPretrained";

/** Options of `embedPretrained`. */
export interface EmbedPretrainedOptions {
  /**
   * The layer, or node of a graph model, that speaks for a picture. Default: the last layer with feature maps of more than
   * one place, or what a graph model gives.
   */
  layer?: string;
  /** What black and white become: [-1, 1] for MobileNet, which is the default; [0, 1] for models of TensorFlow Hub. */
  range?: readonly [number, number];
  /** Pictures at once, default 32. */
  batchSize?: number;
  /** Called with how many pictures are done. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Turns grey pictures into vectors by what a network trained elsewhere says of them. Each is enlarged to the network's size
 * and its grey repeated for each colour. Feature maps are averaged over their places.
 *
 * @param images - pixels 0 … 1, [count, 28, 28, 1]
 * @throws RangeError for a layer that is not there, TypeError for one that gives neither maps nor a row of numbers
 */
export async function embedPretrained(
  { model, input }: Pretrained,
  images: Pixels,
  { layer, range = [-1, 1], batchSize = 32, onProgress = () => {} }: EmbedPretrainedOptions = {},
): Promise<Embeddings> {
  const count = countImages(images);
  const run = runnerOf(model, layer);
  const rows: Float32Array[] = [];
  for (let start = 0; start < count; start += batchSize) {
    const some = images.subarray(start * IMAGE_SIZE, Math.min(count, start + batchSize) * IMAGE_SIZE);
    tf.tidy(() => void rows.push(rowsOf(run(toInput(some, input, range)))));
    onProgress(Math.min(count, start + batchSize), count);
    await new Promise(setImmediate); // lets an interrupt through
  }
  const vectors = new Float32Array(rows.reduce((sum, { length }) => sum + length, 0));
  rows.reduce((at, row) => (vectors.set(row, at), at + row.length), 0);
  return { vectors, length: vectors.length / count };
}

/** [batch, height, width, channels] in the network's range. */
function toInput(images: Pixels, { height, width, channels }: Pretrained["input"], [black, white]: readonly number[]) {
  const grey = tf.tensor4d(images.slice(), [images.length / IMAGE_SIZE, 28, 28, 1]);
  const large = tf.image.resizeBilinear(grey, [height, width], false, true);
  const scaled = tf.add(tf.mul(large, white - black), black);
  return channels === 1 ? scaled : tf.tile(scaled, [1, 1, 1, channels]);
}

type Run = (input: tf.Tensor) => tf.Tensor;

function runnerOf(model: Pretrained["model"], layer: string | undefined): Run {
  if (!(model instanceof tf.LayersModel)) return runnerOfGraph(model, layer);
  const names = model.layers.map(({ name }) => name);
  if (layer !== undefined && !names.includes(layer)) throw unknown(layer, names);
  const hasMaps = ({ outputShape }: tf.layers.Layer) =>
    outputShape.length === 4 && Number(outputShape[1]) * Number(outputShape[2]) !== 1;
  const last = layer === undefined ? [...model.layers].reverse().find(hasMaps) : model.getLayer(layer);
  const part = last ? tf.model({ inputs: model.inputs, outputs: last.output }) : model;
  return (input) => part.predict(input) as tf.Tensor;
}

function runnerOfGraph(model: tf.GraphModel, layer: string | undefined): Run {
  if (layer === undefined) return (input) => [model.predict(input) as tf.Tensor | tf.Tensor[]].flat()[0];
  return (input) => {
    try {
      return model.execute(input, layer) as tf.Tensor;
    } catch {
      throw unknown(layer, [...new Set(model.outputs.map(({ name }) => name))]);
    }
  };
}

function unknown(layer: string, names: string[]): RangeError {
  const shown =
    names.length > 8 ? `${names.slice(-8).join(", ")} and ${names.length - 8} before them` : names.join(", ");
  return new RangeError(`embedPretrained(): the model has no "${layer}"; it has ${shown}`);
}

/** Means of maps over their places, or rows as they are. */
function rowsOf(output: tf.Tensor): Float32Array {
  if (output.rank !== 4 && output.rank !== 2)
    throw new TypeError(
      `embedPretrained(): the layer gives [${output.shape}]; name one with maps [batch, height, width, channels] or rows [batch, length]`,
    );
  return (output.rank === 4 ? tf.mean(output, [1, 2]) : output).dataSync().slice() as Float32Array;
}
