import type { Random } from "../../random";
import { takeBreaths } from "../breath";
import type { Coo } from "../coo";
import { nameInfinite } from "../factors";
import { countInteractions, isInteractionFile, openBlocks, type BlockReader } from "../interactionBlocks";
import type { InteractionFile } from "../interactionFile";
import { drawBlocks, drawSeed } from "../pass";
import type { EpochResult, Epochs, Task, TrainedEpoch } from "../task";
import { borrowKernels, type Kernels } from "./kernels";
import { placeRecords, vectorLength, type Records } from "./records";
import { placeVisits, type Visits } from "./visits";

/** Visits that a thread takes before the next look at the clock. */
const SLICE = 4096;
/** Stretches of a slice for each thread, where there are several: who is done early takes another. */
const STRETCHES = 4;
/**
 * A bit for each user and item may take as much memory as the first, in bytes, or as eight lists of the chosen items (for a
 * file: one) up to the second, a quarter of what kernels have.
 */
const BITS_BYTES = { least: 2 ** 26, most: 2 ** 30 };

/** What a training in the fast form works on. */
type FastTask = Task<Coo | InteractionFile>;

/** The largest number that a setting has in the kernels. */
const MOST = 2 ** 31 - 1;

const TASKS = { warp: "warp", bpr: "bpr", logistic: "logistic", "warp-kos": "warpKos" };

/**
 * Opens a training in the fast form: compiled loops over records in one memory. On one thread it visits the same
 * interactions in the same order and draws the same items as the teaching form, in 32-bit arithmetic with sums in
 * another order. On several threads each takes stretches of the interactions and all write to the same numbers without
 * locks (Recht, Re, Wright and Niu, "Hogwild!", 2011), so that no two runs are the same.
 */
export function openFastEpochs(task: FastTask, threads: number): Epochs {
  const kernels = borrowKernels(threads);
  let blocks: BlockReader | undefined;
  const close = () => {
    blocks?.close();
    kernels.close();
  };
  try {
    blocks = openBlocks(task.interactions);
    return { run: placeTraining(kernels, task, blocks), close };
  } catch (error) {
    close();
    throw isMemoryFull(error) ? tooLarge(task, error) : error;
  }
}

function isMemoryFull(error: unknown): boolean {
  return (error as { code?: unknown }).code === "ERR_KERNEL_MEMORY";
}

function tooLarge({ interactions, items, users }: FastTask, cause: unknown): RangeError {
  const numbers = (items.features + users.features) * items.components;
  const cure = isInteractionFile(interactions) ? "" : ', or form: "teaching", which is slower';
  return new RangeError(
    `fit(): ${countInteractions(interactions)} interactions and ${numbers} numbers to learn are more than the fast form has memory for, 4 GiB at most; take fewer components${cure}`,
    { cause },
  );
}

/** Lays out all that a training needs, and gives what runs an epoch of it. */
function placeTraining(kernels: Kernels, task: FastTask, blocks: BlockReader): Epochs["run"] {
  const { pool } = kernels;
  const entries = countInteractions(task.interactions);
  const chunks = pool.threads === 1 ? 1 : pool.threads * STRETCHES;
  const slice = pool.threads * SLICE;
  const visits = placeVisits(kernels, task, { blocks, slice });
  const desks = placeDesks(kernels, task, chunks);
  const sides = placeSides(kernels, task);
  const job = placeJob(kernels, task, { sides, visits, desks, chunks });
  const name = TASKS[task.settings.loss];

  return async (random: Random): Promise<TrainedEpoch> => {
    sides.forEach((side) => side.pack());
    let seed: number | undefined;
    const breathe = takeBreaths();
    for (const block of drawBlocks(entries, random, task.block)) {
      visits.load(block, random);
      if (seed === undefined) desks.begin((seed = drawSeed(task, random)));
      for (let from = 0; from < block.count; from += slice) {
        kernels.run(name, chunks, [job, visits.place(from)]);
        await breathe();
      }
    }
    const [items, users] = sides.map((side) => side.findInfinite());
    const diverged = nameInfinite(items, users);
    if (!diverged) sides.forEach((side) => side.unpack());
    return { ...desks.result(), diverged };
  };
}

function placeSides(kernels: Kernels, task: FastTask): Records[] {
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

function placeDesks(kernels: Kernels, { items, settings, chosen }: FastTask, chunks: number): Desks {
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
function placeJob(kernels: Kernels, task: FastTask, { sides, visits, desks, chunks }: Places): number {
  const { settings, items, itemFeatures, chosen, pool = itemsOf(task.interactions) } = task;
  const length = vectorLength(items.components);
  const nothing = { address: 0, stride: 0 };
  const bits = settings.loss === "logistic" ? nothing : placeBits(kernels, task);
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

/** Where "bpr" draws from, for which there is no file. */
function itemsOf(interactions: Coo | InteractionFile): Int32Array {
  return isInteractionFile(interactions) ? new Int32Array(0) : interactions.columnIndices;
}

/** The chosen items as a bit for each user and item, unless that takes too much memory. */
function placeBits(
  kernels: Kernels,
  { chosen: { rows, columns, offsets, indices }, interactions }: FastTask,
): { address: number; stride: number } {
  const stride = Math.ceil(columns / 8);
  const lists = isInteractionFile(interactions) ? 1 : 8;
  const most = Math.min(BITS_BYTES.most, Math.max(BITS_BYTES.least, lists * indices.byteLength));
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
