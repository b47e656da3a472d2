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
    fs.writeFileSync(draft, bytes);
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
  return modelFromBytes(fs.readFileSync(file));
}
