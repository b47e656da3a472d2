import { createHash, type Hash } from "node:crypto";
import * as path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { codeVersion } from "../files";
import type { Augmentation } from "./augment";
import type { Tensors } from "./checkpoint";
import { areDivided, type Examples, type Pixels } from "./examples";
import type { Schedule } from "./schedule";
import { modelFolder } from "./store";
import { hashState } from "./trainingStart";

/** What, beside the model, decides how a training ends. */
interface TrainingSettings {
  examples: Examples<Pixels>;
  validation?: Examples<Pixels>;
  batchSize: number;
  seed: number;
  epochs: number;
  augment?: Augmentation;
  schedule?: Schedule;
  average?: number;
  checkpoints?: string | false;
}

/** What decides a training's outcome. */
const CODE = ["compute", "vision", "random.ts"];

/** Pixels that are hashed at once where they are no floats yet. */
const BLOCK = 1 << 16;

/**
 * The folder of a training's checkpoints, or null for none. Its name ends in a hash of all that matters for the
 * outcome (code, backend, architecture, state to start from, optimizer, examples, settings), so that another training
 * never takes it for its own.
 */
export function trainingFolder(model: tf.LayersModel, start: Tensors, settings: TrainingSettings): string | null {
  const { checkpoints = modelFolder(""), examples, validation, batchSize, seed, augment, schedule, average } = settings;
  if (checkpoints === false) return null;
  const hash = createHash("sha256");
  hash.update(JSON.stringify([codeVersion(CODE), tf.version_core, tf.getBackend(), batchSize, seed, hashState(start)]));
  const { flip = false, crop = 0, erase = 0 } = augment ?? {};
  hash.update(JSON.stringify([flip, crop, erase, average ?? null]));
  if (schedule) hash.update(JSON.stringify([schedule, settings.epochs])); // other epochs, other rates from the start
  const { optimizer, loss, metrics } = model;
  hash.update(JSON.stringify([model.getConfig(), optimizer.getClassName(), optimizer.getConfig()]));
  hash.update([loss, metrics].flat().map(String).join()); // functions by their source
  for (const { images, labels } of validation ? [examples, validation] : [examples]) {
    hashPixels(hash, images);
    hash.update(labels);
  }
  return path.join(checkpoints, `${model.name}-seed-${seed}-${short(hash)}`);
}

/** The same for the same values, whatever form they have. */
function hashPixels(hash: Hash, pixels: Pixels): void {
  if (!areDivided(pixels)) return void hash.update(pixels);
  const block = new Float32Array(Math.min(pixels.length, BLOCK));
  for (let start = 0; start < pixels.length; start += BLOCK) {
    const some = pixels.subarray(start, start + BLOCK);
    some.copyTo(block);
    hash.update(block.subarray(0, some.length));
  }
}

/** The checkpoint after so many epochs. */
export function checkpointFile(folder: string, epoch: number): string {
  return path.join(folder, `epoch-${String(epoch).padStart(3, "0")}.checkpoint`);
}

/** Twelve hexadecimal digits: enough that no two trainings share a folder. */
function short(hash: Hash): string {
  return hash.digest("hex").slice(0, 12);
}
