import { integer, permutation, shuffle, type Random } from "../random";
import type { Pass, Task } from "./task";

/** A stretch of the interactions. */
export interface Block {
  /** The place of its first entry. */
  readonly from: number;
  /** How many entries it has. */
  readonly count: number;
}

/**
 * Draws the chance of an epoch: the order of the blocks and that within the first, then the seed, then the order within
 * each other block. With a single block these are the draws of LightFM: the order, and then the seed.
 */
export function drawPass(task: Task, random: Random): Pass {
  const entries = task.interactions.values.length;
  const { order = new Int32Array(entries) } = task;
  let seed: number | undefined;
  let place = 0;
  for (const { from, count } of drawBlocks(entries, random, task.block)) {
    const part = order.subarray(place, (place += count));
    for (let i = 0; i < count; i++) part[i] = from + i;
    shuffle(random, part);
    seed ??= drawSeed(task, random);
  }
  return { order, seed: seed! };
}

/**
 * The blocks of so many entries in random order; the last one is shorter where they do not divide evenly. Without any
 * entry there is one block, an empty one.
 */
export function* drawBlocks(entries: number, random: Random, block = entries): Generator<Block> {
  const size = Math.max(1, block);
  for (const number of permutation(random, Math.max(1, Math.ceil(entries / size)))) {
    const from = number * size;
    yield { from, count: Math.min(size, entries - from) };
  }
}

/** Draws what starts the draws of items; "logistic" draws none. */
export function drawSeed({ settings }: Pick<Task, "settings">, random: Random): number {
  return settings.loss === "logistic" ? 0 : integer(random, 0, MAX_SEED);
}

/** Seeds of the draws lie below the largest 32-bit signed integer, as LightFM has them. */
const MAX_SEED = 0x7fffffff;
