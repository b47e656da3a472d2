import { permutation, shuffle, type Random } from "../../random";
import { areOnes, type Coo } from "../coo";
import type { SparsePattern } from "../csr";
import { nameInfinite } from "../factors";
import { nextTurn } from "../nextTurn";
import { drawSeed } from "../pass";
import type { EpochResult, Epochs, Task, TrainedEpoch } from "../task";
import { borrowKernels, type Kernels } from "./kernels";
import { placeRecords, vectorLength, type Records } from "./records";

/** Visits that a thread takes before the next look at the clock. */
const SLICE = 4096;
/** Stretches of a slice for each thread, where there are several: who is done early takes another. */
const STRETCHES = 4;
/** Milliseconds after which timers, signals and output have their turn. */
const BREATH = 25;
/**
 * A bit for each user and item may take as much memory as the first, in bytes, or as eight lists of the chosen items up to
 * the second, a quarter of what kernels have.
 */
const BITS_BYTES = { least: 2 ** 26, most: 2 ** 30 };

/** The largest number that a setting has in the kernels. */
const MOST = 2 ** 31 - 1;

const TASKS = { warp: "warp", bpr: "bpr", logistic: "logistic", "warp-kos": "warpKos" };

/**
 * Opens a training in the fast form: compiled loops over records in one memory. On one thread it visits the same
 * interactions in the same order and draws the same items as the teaching form, in 32-bit arithmetic with sums in
 * another order. On several threads each takes stretches of the interactions and all write to the same numbers without
 * locks (Recht, Re, Wright and Niu, "Hogwild!", 2011), so that no two runs are the same.
 */
export function openFastEpochs(task: Task, threads: number): Epochs {
  const kernels = borrowKernels(threads);
  try {
    return openOn(kernels, task);
  } catch (error) {
    kernels.close();
    throw isMemoryFull(error) ? tooLarge(task, error) : error;
  }
}

function isMemoryFull(error: unknown): boolean {
  return (error as { code?: unknown }).code === "ERR_KERNEL_MEMORY";
}

function tooLarge({ interactions, items, users }: Task, cause: unknown): RangeError {
  const numbers = (items.features + users.features) * items.components;
  return new RangeError(
    `fit(): ${interactions.values.length} interactions and ${numbers} numbers to learn are more than the fast form has memory for, 4 GiB at most; take fewer components, or form: "teaching", which is slower`,
    { cause },
  );
}

function openOn(kernels: Kernels, task: Task): Epochs {
  const { pool } = kernels;
  const entries = task.interactions.values.length;
  const chunks = pool.threads === 1 ? 1 : pool.threads * STRETCHES;
  const slice = pool.threads * SLICE;
  const visits = placeVisits(kernels, task, slice);
  const desks = placeDesks(kernels, task, chunks);
  const sides = placeSides(kernels, task);
  const job = placeJob(kernels, task, { sides, visits, desks, chunks });
  const name = TASKS[task.settings.loss];

  async function run(random: Random): Promise<TrainedEpoch> {
    visits.shuffle(random);
    sides.forEach((side) => side.pack());
    desks.begin(drawSeed(task, random));
    let rested = performance.now();
    for (let from = 0; from < entries; from += slice) {
      kernels.run(name, chunks, [job, visits.place(from)]);
      if (performance.now() - rested < BREATH) continue;
      await nextTurn();
      rested = performance.now();
    }
    const [items, users] = sides.map((side) => side.findInfinite());
    const diverged = nameInfinite(items, users);
    if (!diverged) sides.forEach((side) => side.unpack());
    return { ...desks.result(), diverged };
  }

  return { run, close: kernels.close };
}

function placeSides(kernels: Kernels, task: Task): Records[] {
  const { items, users, itemFeatures, userFeatures, settings, freeze } = task;
  return [
    placeRecords(kernels, { side: "items", factors: items, features: itemFeatures, alpha: settings.itemAlpha, frozen: freeze === "items" }), // prettier-ignore
    placeRecords(kernels, { side: "users", factors: users, features: userFeatures, alpha: settings.userAlpha, frozen: freeze === "users" }), // prettier-ignore
  ];
}

/** What each chunk has for itself: its generator, its counts, and room for vectors. */
interface Desks {
  readonly address: number;
  readonly bytes: number;
  begin(seed: number): void;
  result(): EpochResult;
}

function placeDesks(kernels: Kernels, { items, settings, chosen }: Task, chunks: number): Desks {
  const candidates = settings.loss === "warp-kos" ? Math.min(settings.n, chosen.indices.length) : 0;
  const bytes = Math.ceil((64 + 2 * 128 + 192 + 5 * vectorLength(items.components) * 4 + candidates * 8) / 64) * 64;
  const address = kernels.take(bytes * chunks);
  const counts = (chunk: number) => new Float64Array(kernels.pool.memory.buffer, address + chunk * bytes + 8, 3);
  return {
    address,
    bytes,
    begin(seed) {
      for (let chunk = 0; chunk < chunks; chunk++) {
        kernels.integers(address + chunk * bytes, 1)[0] = seed + Math.imul(chunk, 0x9e3779b9);
        kernels.integers(address + chunk * bytes + 4, 1)[0] = 128;
        counts(chunk).fill(0);
      }
    },
    result() {
      const totals = [0, 0, 0];
      for (let chunk = 0; chunk < chunks; chunk++) counts(chunk).forEach((count, i) => (totals[i] += count));
      const [visited, violations, loss] = totals;
      return { loss: visited === 0 ? 0 : loss / visited, violationRate: visited === 0 ? 0 : violations / visited };
    },
  };
}

interface Places {
  sides: Records[];
  visits: Visits;
  desks: Desks;
  chunks: number;
}

/** Writes down all that a training works on, in the order of assembly/job.ts. */
function placeJob(kernels: Kernels, task: Task, { sides, visits, desks, chunks }: Places): number {
  const { settings, items, itemFeatures, chosen, pool = task.interactions.columnIndices } = task;
  const length = vectorLength(items.components);
  const nothing = { address: 0, stride: 0 };
  const bits = settings.loss === "logistic" ? nothing : placeBits(kernels, chosen);
  const needsLists = settings.loss === "warp-kos" || (settings.loss !== "logistic" && bits.address === 0);
  const [rho, epsilon, learningRate] = [settings.rho, settings.epsilon, settings.learningRate].map(Math.fround);
  const ranks = rankWeights(itemFeatures.rows, settings.maxSampled);
  const plain = settings.schedule === "adagrad" && !settings.itemAlpha && !settings.userAlpha && !task.freeze;
  const words = [
    length * 4,
    Math.floor(items.components / 4) * 16,
    0,
    0,
    ...sides.flatMap((side) => side.words),
    itemFeatures.rows,
    ...visits.words,
    needsLists ? kernels.place(chosen.offsets) : 0,
    needsLists ? kernels.place(chosen.indices) : 0,
    bits.address,
    bits.stride,
    settings.loss === "bpr" ? kernels.place(pool) : 0,
    pool.length,
    kernels.place(ranks),
    Math.min(settings.maxSampled, MOST),
    Math.min(settings.k, MOST),
    Math.min(settings.n, MOST),
    settings.schedule === "adadelta" ? 1 : 0,
    { float: learningRate },
    { float: rho },
    { float: 1 - rho },
    { float: epsilon },
    plain && sides.every(({ words }) => words[4] === 0) ? 1 : 0,
    ranks.length - 1,
    desks.address,
    desks.bytes,
    chunks,
  ];
  const address = kernels.take(words.length * 4);
  const [integers, floats] = [kernels.integers(address, words.length), kernels.floats(address, words.length)];
  words.forEach((word, at) => {
    if (typeof word === "number") integers[at] = word;
    else floats[at] = word.float;
  });
  return address;
}

/** The order in which entries are visited, a slice of it in the kernels' memory. */
interface Visits {
  /** The slice's words of the job: see assembly/job.ts. */
  readonly words: number[];
  /** Draws the order of an epoch. */
  shuffle(random: Random): void;
  /** Places the slice that begins here, and returns how many visits it has. */
  place(from: number): number;
}

/**
 * Where user and item fit into one word, the words themselves are shuffled, and nothing needs to be looked up. Otherwise
 * the numbers of the entries are, beside lists of users, items and weights.
 */
function placeVisits(kernels: Kernels, task: Task, size: number): Visits {
  const { interactions, weights, order = new Int32Array(interactions.values.length) } = task;
  const slice = kernels.take(size * 4);
  const [userBits, itemBits] = [interactions.rows, interactions.columns].map((count) =>
    Math.ceil(Math.log2(count + 1)),
  );
  const allOnes = areOnes(weights);
  const isPacked = allOnes && userBits + itemBits < 32;
  return {
    words: isPacked
      ? [slice, itemBits, 0, 0]
      : [slice, 0, placePairs(kernels, interactions), allOnes ? 0 : kernels.place(weights)],
    shuffle(random) {
      if (isPacked) shuffle(random, packPairs(interactions, itemBits, order));
      else permutation(random, order.length, order);
    },
    place(from) {
      const words = order.subarray(from, from + size);
      kernels.integers(slice, words.length).set(words);
      return words.length;
    },
  };
}

/** Set in an item's number where the entry is not positive. */
const MARK = 0x80000000;

/** User and item of each entry in one word. */
function packPairs({ rowIndices, columnIndices, values }: Coo, itemBits: number, words: Int32Array): Int32Array {
  for (let entry = 0; entry < words.length; entry++)
    words[entry] = (rowIndices[entry] << itemBits) | columnIndices[entry] | (values[entry] > 0 ? 0 : MARK);
  return words;
}

/** User and item of each entry. */
function placePairs(kernels: Kernels, { rowIndices, columnIndices, values }: Coo): number {
  const address = kernels.take(values.length * 8);
  const pairs = kernels.integers(address, values.length * 2);
  for (let entry = 0; entry < values.length; entry++) {
    pairs[2 * entry] = rowIndices[entry];
    pairs[2 * entry + 1] = values[entry] > 0 ? columnIndices[entry] : columnIndices[entry] | MARK;
  }
  return address;
}

/** The chosen items as a bit for each user and item, unless that takes too much memory. */
function placeBits(
  kernels: Kernels,
  { rows, columns, offsets, indices }: SparsePattern,
): { address: number; stride: number } {
  const stride = Math.ceil(columns / 8);
  const most = Math.min(BITS_BYTES.most, Math.max(BITS_BYTES.least, 32 * indices.length));
  if (rows * stride > most) return { address: 0, stride: 0 };
  const address = kernels.take(rows * stride);
  const bits = new Uint8Array(kernels.pool.memory.buffer, address, rows * stride).fill(0);
  for (let row = 0; row < rows; row++)
    for (let place = offsets[row]; place < offsets[row + 1]; place++)
      bits[row * stride + (indices[place] >>> 3)] |= 1 << (indices[place] & 7);
  return { address, stride };
}

/** The logarithm of the rank that 0, 1, 2 … draws let expect; as many draws as there are items let expect the first. */
function rankWeights(items: number, maxSampled: number): Float64Array {
  return Float64Array.from({ length: Math.min(maxSampled, items) + 1 }, (_, draws) =>
    Math.log(Math.max(1, Math.floor((items - 1) / Math.max(1, draws)))),
  );
}
