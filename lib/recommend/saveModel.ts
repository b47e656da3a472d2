import * as fs from "node:fs";
import { openDraft } from "./draftFile";
import { modelFromBytes, modelToBytes, type SavedModel } from "./modelBytes";

/**
 * Saves a model, and its data set's names if they are given, in one file (see `modelToBytes`); makes its folder. Whoever
 * reads the file meanwhile, or a crash, meets all of the old content or all of the new one.
 */
export function saveModel(file: string, saved: SavedModel): void {
  const bytes = modelToBytes(saved);
  const draft = openDraft(file);
  try {
    draft.write(bytes);
    draft.keep();
  } finally {
    draft.close();
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

/** Node reads no more than 2 GB at a time. */
const PIECE = 2 ** 30;

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
