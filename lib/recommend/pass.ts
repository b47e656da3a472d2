import { integer, permutation, type Random } from "../random";
import type { Pass, Task } from "./task";

/** Draws the chance of an epoch: the order first, and then the seed, as LightFM does. */
export function drawPass(task: Task, random: Random): Pass {
  return { order: permutation(random, task.interactions.values.length, task.order), seed: drawSeed(task, random) };
}

/** Draws what starts the draws of items; "logistic" draws none. */
export function drawSeed({ settings }: Task, random: Random): number {
  return settings.loss === "logistic" ? 0 : integer(random, 0, MAX_SEED);
}

/** Seeds of the draws lie below the largest 32-bit signed integer, as LightFM has them. */
const MAX_SEED = 0x7fffffff;
