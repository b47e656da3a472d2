import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { io } from "@tensorflow/tfjs";
import { replaceFile, shownPath } from "../../../files";

const SCHEME = "file://";

/** The names that tfjs-node gives the files. */
const [MODEL, WEIGHTS] = ["model.json", "weights.bin"];

/** Bytes of a number in a file, by the type it is stored as. */
const BYTES: Record<string, number> = { float32: 4, int32: 4, complex64: 8, bool: 1, uint8: 1, uint16: 2, float16: 2 };

let isDone = false;

/**
 * Has `model.save("file://folder")` and `tf.loadLayersModel("file://folder/model.json")` work without tfjs-node, in its
 * files: model.json beside weights.bin. Where another handler for these addresses is registered, it is left to it.
 */
export function registerFileIo(): void {
  if (isDone) return;
  isDone = true;
  io.registerSaveRouter(unlessTaken((url) => io.getSaveHandlers(url)));
  io.registerLoadRouter(unlessTaken((url) => io.getLoadHandlers(url)));
}

/**
 * Reads and writes a model in a folder, as tfjs-node does.
 *
 * @param place - to save, a folder, made if it is not there; to load, the model.json in it
 */
export function fileSystem(place: string): Required<Pick<io.IOHandler, "save" | "load">> {
  return { save: async (artifacts) => save(place, artifacts), load: async () => load(place) };
}

/** A router for addresses of files; asking the others, it is asked itself, and then keeps quiet. */
function unlessTaken(others: (url: string) => io.IOHandler[]): (url: string | string[]) => io.IOHandler {
  let isAsking = false;
  return (url) => {
    if (typeof url !== "string" || !url.startsWith(SCHEME) || isAsking) return null as unknown as io.IOHandler;
    isAsking = true;
    try {
      const isTaken = others(url).length > 0;
      return (isTaken ? null : fileSystem(pathOf(url))) as io.IOHandler;
    } finally {
      isAsking = false;
    }
  };
}

/** tfjs-node takes what follows the scheme as a path, from here or from the root; a whole address is one too. */
function pathOf(url: string): string {
  const rest = url.slice(SCHEME.length);
  const isAddress = /^\/[A-Za-z]:[\\/]/.test(rest) || (rest.startsWith("/") && rest.includes("%"));
  return isAddress && !fs.existsSync(rest) ? fileURLToPath(url) : rest;
}

/** The weights are written before the text that tells of them, each in one piece. */
function save(folder: string, artifacts: io.ModelArtifacts): io.SaveResult {
  if (artifacts.modelTopology instanceof ArrayBuffer)
    throw new Error(
      `the model cannot be saved to ${shownPath(folder)}: its modelTopology is an ArrayBuffer; give a JSON object`,
    );
  if (fs.existsSync(folder) && !fs.statSync(folder).isDirectory())
    throw new Error(`the model cannot be saved to ${shownPath(folder)}: there is a file of that name; name a folder`);
  const { weightData = new ArrayBuffer(0), weightSpecs, ...model } = artifacts;
  const weightsManifest = [{ paths: [WEIGHTS], weights: weightSpecs ?? [] }];
  replaceFile(path.join(folder, WEIGHTS), joined([weightData].flat().map((part) => new Uint8Array(part))));
  replaceFile(path.join(folder, MODEL), JSON.stringify({ ...model, weightsManifest }));
  return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) };
}

async function load(file: string): Promise<io.ModelArtifacts> {
  if (fs.existsSync(file) && fs.statSync(file).isDirectory())
    throw new Error(`${shownPath(file)} is a folder: name the file in it, ${SCHEME}${path.join(file, MODEL)}`);
  const model = parseModel(file, read(file, "the model").toString("utf8"));
  return io.getModelArtifactsForJSON(model, async (manifest) => {
    const specs = manifest.flatMap(({ weights }) => weights);
    const paths = manifest.flatMap((group) => group.paths).map((name) => path.join(path.dirname(file), name));
    const bytes = joined(paths.map((name) => read(name, "the weights")));
    checkSize(paths, bytes.length, specs);
    return [specs, bytes.buffer as ArrayBuffer];
  });
}

function read(file: string, what: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message;
    throw new Error(`${what} cannot be loaded from ${shownPath(file)}: ${why}`, { cause: error });
  }
}

function parseModel(file: string, text: string): io.ModelJSON {
  let model: io.ModelJSON | null;
  try {
    model = JSON.parse(text);
  } catch (error) {
    throw new Error(
      `${shownPath(file)} is not complete JSON (${text.length} characters): it is damaged or cut off; save the model again`,
      { cause: error },
    );
  }
  if (model && (model.modelTopology || model.weightsManifest)) return model;
  throw new Error(`${shownPath(file)} is JSON, but no model: wanted is what model.save("${SCHEME}folder") writes`);
}

/** Texts have no fixed length; of other weights the bytes follow from their shapes. */
function checkSize(paths: string[], found: number, specs: io.WeightsManifestEntry[]): void {
  if (specs.some(({ dtype }) => dtype === "string")) return;
  const sizes = specs.map(({ shape, dtype, quantization }) => {
    return shape.reduce((product, size) => product * size, 1) * BYTES[quantization?.dtype ?? dtype];
  });
  const wanted = sizes.reduce((sum, size) => sum + size, 0);
  if (found === wanted) return;
  throw new Error(
    `${paths.map(shownPath).join(", ")}: got ${found} bytes, but ${MODEL} asks for ${wanted}: the file is cut off or ` +
      "belongs to another model; save the model again",
  );
}

function joined(parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
