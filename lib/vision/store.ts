import * as fs from "node:fs/promises";
import * as path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { modelsFolder, replaceFile } from "../files";

const MODEL_FILE = "model.json";
const WEIGHTS_FILE = "weights.bin";

/** Where the lessons keep a model of this name: in data/models, or where the variable ATELIER_MODELS says. */
export function modelFolder(name: string): string {
  return path.join(modelsFolder(), name);
}

/** Saves a model as `model.json` and `weights.bin`, the TensorFlow.js layers format, which browsers load too. */
export async function saveModel(model: tf.LayersModel, folder: string): Promise<void> {
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const { weightData, weightSpecs, ...rest } = artifacts;
      const weights = tf.io.CompositeArrayBuffer.join(weightData as ArrayBuffer | ArrayBuffer[]);
      const weightsManifest = [{ paths: [WEIGHTS_FILE], weights: weightSpecs }];
      replaceFile(path.join(folder, WEIGHTS_FILE), new Uint8Array(weights));
      replaceFile(path.join(folder, MODEL_FILE), JSON.stringify({ ...rest, weightsManifest }));
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
}

/** Loads what `saveModel` saved, weights in full precision; compile it before training it further. */
export async function loadModel(folder: string): Promise<tf.LayersModel> {
  const file = path.join(folder, MODEL_FILE);
  const { modelTopology, weightsManifest } = await readModelFile(file);
  const groups = weightsManifest as { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
  const parts = await Promise.all(groups.flatMap(({ paths }) => paths).map((name) => readPart(folder, name)));
  const weightSpecs = groups.flatMap(({ weights }) => weights);
  const weightData = tf.io.CompositeArrayBuffer.join(parts);
  const wanted = weightSpecs.reduce((bytes, { shape }) => bytes + 4 * shape.reduce((size, n) => size * n, 1), 0);
  if (weightData.byteLength !== wanted)
    throw new RangeError(
      `loadModel(): the weights in ${folder} are ${weightData.byteLength} bytes, ${MODEL_FILE} asks for ${wanted}; save the model again`,
    );
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
}

async function readModelFile(file: string) {
  const text = await fs.readFile(file, "utf8").catch(() => {
    throw new Error(`loadModel(): there is no ${file}; train and save the model first, or give another folder`);
  });
  try {
    const content = JSON.parse(text);
    if (content.modelTopology && Array.isArray(content.weightsManifest)) return content;
  } catch {
    // told below, with what to do
  }
  throw new SyntaxError(`loadModel(): ${file} is not a TensorFlow.js layers model; save the model again`);
}

async function readPart(folder: string, name: string): Promise<ArrayBuffer> {
  if (path.basename(name) !== name) throw new RangeError(`loadModel(): weights file ${name} lies outside ${folder}`);
  const bytes = await fs.readFile(path.join(folder, name));
  return new Uint8Array(bytes).buffer as ArrayBuffer;
}
