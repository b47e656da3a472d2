import * as fs from "node:fs/promises";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";

/** What a model.json of TensorFlow.js may say. */
interface ModelFile {
  modelTopology: object;
  weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
  format?: string;
  signature?: object;
  userDefinedMetadata?: tf.io.ModelArtifacts["userDefinedMetadata"];
}

/**
 * Reads a model.json and the weight files beside it, from a folder or from a network address.
 *
 * @throws Error for a file that is not there or an address that cannot be fetched; SyntaxError for a model.json that is
 *   none of TensorFlow.js
 */
export async function readModelFiles(source: string): Promise<tf.io.ModelArtifacts> {
  const address = addressOf(source);
  const file = parseModelFile(await readBytes(address), address);
  const weightSpecs = file.weightsManifest.flatMap(({ weights }) => weights);
  const names = file.weightsManifest.flatMap(({ paths }) => paths);
  const parts = await Promise.all(names.map((name) => readBytes(beside(address, name))));
  const weightData = tf.io.CompositeArrayBuffer.join(parts.map(({ buffer }) => buffer as ArrayBuffer));
  const { modelTopology, format, signature, userDefinedMetadata } = file;
  return { modelTopology, weightSpecs, weightData, format, signature, userDefinedMetadata };
}

function addressOf(source: string): string {
  if (isRemote(source)) return source;
  const file = source.startsWith("file:") ? fileURLToPath(source) : source;
  return file.endsWith(".json") ? path.resolve(file) : path.resolve(file, "model.json");
}

function isRemote(source: string): boolean {
  return /^https?:\/\//.test(source);
}

function beside(address: string, name: string): string {
  return isRemote(address) ? new URL(name, address).href : path.join(path.dirname(address), name);
}

async function readBytes(address: string): Promise<Uint8Array> {
  if (isRemote(address)) return fetchBytes(address);
  const bytes = await fs.readFile(address).catch(() => {
    throw new Error(
      `loadPretrained(): there is no file ${address}; give the folder that holds model.json and its weights, or the address of a model.json`,
    );
  });
  return Uint8Array.from(bytes);
}

async function fetchBytes(address: string): Promise<Uint8Array> {
  const cure =
    "check the address and the network, or download model.json and its weights elsewhere and give their folder";
  const answer = await fetch(address).catch((error: Error) => {
    const reason = (error.cause as Error | undefined)?.message ?? error.message;
    throw new Error(`loadPretrained(): ${address} cannot be reached (${reason}); ${cure}`);
  });
  if (!answer.ok) throw new Error(`loadPretrained(): ${address} answers ${answer.status}; ${cure}`);
  return new Uint8Array(await answer.arrayBuffer());
}

function parseModelFile(bytes: Uint8Array, address: string): ModelFile {
  try {
    const content = JSON.parse(Buffer.from(bytes).toString("utf8")) as ModelFile;
    if (content.modelTopology && Array.isArray(content.weightsManifest)) return content;
  } catch {
    // the error below says what is wanted
  }
  throw new SyntaxError(
    `loadPretrained(): ${address} is not a model.json of TensorFlow.js; convert a Keras or TensorFlow model with tensorflowjs_converter`,
  );
}
