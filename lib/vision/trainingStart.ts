import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs";
import type { Tensors } from "./checkpoint";
import { captureState } from "./trainingState";

/** Where a model's training started, and a hash of the state it was left in. */
interface Memory {
  start: Tensors;
  left: string;
}

const memories = new WeakMap<tf.LayersModel, Memory>();

/**
 * The state from which to train a model: the one it is in, or, where it is as its last training left it, the one that
 * training started from.
 */
export async function startOf(model: tf.LayersModel): Promise<Tensors> {
  const state = await captureState(model);
  const memory = memories.get(model);
  return memory?.left === hashState(state) ? memory.start : state;
}

/** Notes, after a training, where it started. */
export async function rememberStart(model: tf.LayersModel, start: Tensors): Promise<void> {
  memories.set(model, { start, left: hashState(await captureState(model)) });
}

/** A hash of all names, shapes and numbers. */
export function hashState(tensors: Tensors): string {
  const hash = createHash("sha256");
  for (const [name, { shape, values }] of Object.entries(tensors)) hash.update(`${name} ${shape}`).update(values);
  return hash.digest("hex");
}
