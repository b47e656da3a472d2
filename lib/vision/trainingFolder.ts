import { createHash, type Hash } from "node:crypto";
import * as path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { codeVersion } from "../files";
import type { Tensors } from "./checkpoint";
import type { Examples } from "./examples";
import { modelFolder } from "./store";
import { hashState } from "./trainingStart";

/** What, beside the model, decides how a training ends. */
interface TrainingSettings {
  examples: Examples;
  validation?: Examples;
  batchSize: number;
  seed: number;
  checkpoints?: string | false;
}

/** What decides a training's outcome. */
const CODE = ["compute", "vision", "random.ts"];

/**
 * The folder of a training's checkpoints, or null for none. Its name ends in a hash of all that matters for the
 * outcome (code, backend, architecture, state to start from, optimizer, examples, settings), so that another training
 * never takes it for its own.
 */
export function trainingFolder(model: tf.LayersModel, start: Tensors, settings: TrainingSettings): string | null {
  const { checkpoints = modelFolder(""), examples, validation, batchSize, seed } = settings;
  if (checkpoints === false) return null;
  const hash = createHash("sha256");
  hash.update(JSON.stringify([codeVersion(CODE), tf.version_core, tf.getBackend(), batchSize, seed, hashState(start)]));
  const { optimizer, loss, metrics } = model;
  hash.update(JSON.stringify([model.getConfig(), optimizer.getClassName(), optimizer.getConfig()]));
  hash.update([loss, metrics].flat().map(String).join()); // functions by their source
  for (const { images, labels } of validation ? [examples, validation] : [examples]) hash.update(images).update(labels);
  return path.join(checkpoints, `${model.name}-seed-${seed}-${short(hash)}`);
}

/** The checkpoint after so many epochs. */
export function checkpointFile(folder: string, epoch: number): string {
  return path.join(folder, `epoch-${String(epoch).padStart(3, "0")}.checkpoint`);
}

/** Twelve hexadecimal digits: enough that no two trainings share a folder. */
function short(hash: Hash): string {
  return hash.digest("hex").slice(0, 12);
}
