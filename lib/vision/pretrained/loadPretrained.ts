import * as tf from "@tensorflow/tfjs";
import { readModelFiles } from "./readModelFiles";

/** A network for pictures that was trained elsewhere. */
export interface Pretrained {
  model: tf.LayersModel | tf.GraphModel;
  /** Sides of the pictures that it takes, in pixels, and levels of a pixel: 1 grey, 3 red, green and blue. */
  input: { height: number; width: number; channels: number };
}

/** Options of `loadPretrained`. */
export interface PretrainedOptions {
  /** Sides of the pictures where the model takes any size; default 224, MobileNet's. */
  size?: number;
}

/**
 * Loads a network for pictures from TensorFlow.js files, such as a MobileNet (Howard et al., 2017): a `model.json` in
 * the layers or the graph format, and the weight files that it names, which lie beside it.
 *
 * @param source - a folder that holds `model.json`, the path of a `model.json`, or its address on the network
 * @throws TypeError without a source, or for a model that does not take pictures; Error when a file cannot be had;
 *   SyntaxError for a file of another kind
 */
export async function loadPretrained(source: string, { size = 224 }: PretrainedOptions = {}): Promise<Pretrained> {
  if (!source)
    throw new TypeError("loadPretrained(): no model is named; give a folder with model.json, or its address");
  const artifacts = await readModelFiles(source);
  const handler = tf.io.fromMemory(artifacts);
  const graph = artifacts.format === "graph-model" || "node" in (artifacts.modelTopology as object);
  const model = graph ? await tf.loadGraphModel(handler) : await tf.loadLayersModel(handler);
  const shape = model.inputs[0].shape ?? [];
  const [height, width, channels] = shape.slice(1).map((side) => (side !== null && side > 0 ? side : undefined));
  if (shape.length !== 4 || (channels !== 1 && channels !== 3))
    throw new TypeError(
      `loadPretrained(): the model takes [${shape.map((side) => side ?? "?")}]; it must take pictures [batch, height, width, 1 or 3]`,
    );
  return { model, input: { height: height ?? size, width: width ?? size, channels } };
}
