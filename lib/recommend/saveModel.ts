import * as fs from "node:fs";
import * as path from "node:path";
import { modelFromBytes, modelToBytes, type SavedModel } from "./modelBytes";

/**
 * Saves a model, and its data set's names if they are given, in one file (see `modelToBytes`); makes its folder. Whoever
 * reads the file meanwhile, or a crash, meets all of the old content or all of the new one.
 */
export function saveModel(file: string, saved: SavedModel): void {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
  const bytes = modelToBytes(saved);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  try {
    writeAll(draft, bytes);
    fs.renameSync(draft, file);
  } catch (error) {
    fs.rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * Loads what `saveModel` saved; scores are the same bit for bit.
 *
 * @throws SyntaxError as `modelFromBytes`; what the file system throws for a file that is not there
 */
export function loadModel(file: string): SavedModel {
  return modelFromBytes(readAll(file));
}

/** Node reads and writes no more than 2 GB at a time. */
const PIECE = 2 ** 30;

function writeAll(file: string, bytes: Uint8Array): void {
  const handle = fs.openSync(file, "w");
  try {
    for (let place = 0; place < bytes.length;)
      place += fs.writeSync(handle, bytes, place, Math.min(PIECE, bytes.length - place));
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

function readAll(file: string): Uint8Array {
  const handle = fs.openSync(file, "r");
  try {
    const bytes = new Uint8Array(fs.fstatSync(handle).size);
    for (let place = 0, read = 1; read > 0 && place < bytes.length; place += read)
      read = fs.readSync(handle, bytes, place, Math.min(PIECE, bytes.length - place), null);
    return bytes;
  } finally {
    fs.closeSync(handle);
  }
}
