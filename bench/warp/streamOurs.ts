import { createHash } from "node:crypto";
import type { Coo } from "../../lib/recommend/coo";
import type { SparsePattern } from "../../lib/recommend/csr";
import { fit } from "../../lib/recommend/fit";
import { toInteractionBlocks } from "../../lib/recommend/interactionBlocks";
import { openInteractionFile, type InteractionFile } from "../../lib/recommend/interactionFile";
import { auc } from "../../lib/recommend/metrics";
import { buildRecommender } from "../../lib/recommend/model";
import { toScorer } from "../../lib/recommend/predict";
import { writeInteractionFile } from "../../lib/recommend/writeInteractionFile";
import { answerTasks } from "../answerTasks";
import { heldOut, plantedBlocks, type StreamShape } from "./plantedStream";

/** Work for a process of its own. */
export type StreamTask = { file: string; shape: StreamShape } & (
  | { work: "write"; each: number }
  | { work: "learn"; from: "file" | "memory"; epochs: number; threads: number }
);

/** What came of it. */
export interface StreamAnswer {
  interactions: number;
  /** All of the work. */
  seconds: number;
  /** Of each epoch. */
  epochs: number[];
  /** Seconds of processor time of each epoch but the first. */
  processor: number[];
  /** Memory of the process at its peak, before it was asked for its quality. */
  bytes: number;
  /** On what was held out. */
  auc: number;
  /** SHA-256 of the items' vectors. */
  vectors: string;
}

/** Interactions of a block, from memory as from the file. */
const BLOCK = 2 ** 20;

async function write({ file, shape, each }: Extract<StreamTask, { work: "write" }>): Promise<StreamAnswer> {
  const started = performance.now();
  const { length } = await writeInteractionFile(file, plantedBlocks(shape, { each }), {
    users: shape.users,
    items: shape.items,
  });
  const seconds = (performance.now() - started) / 1000;
  return { interactions: length, seconds, epochs: [], processor: [], bytes: peakBytes(), auc: 0, vectors: "" };
}

async function learn(task: Extract<StreamTask, { work: "learn" }>): Promise<StreamAnswer> {
  const { epochs, threads, shape } = task;
  const file = openInteractionFile(task.file);
  const interactions = task.from === "file" ? file : readAll(file);
  const started = performance.now();
  const model = buildRecommender({ loss: "warp", seed: 1 });
  const clock: number[] = [];
  const onEpoch = () => void clock.push(processorSeconds());
  const history = await fit(model, interactions, { epochs, threads, block: BLOCK, onEpoch });
  const seconds = (performance.now() - started) / 1000;
  const bytes = peakBytes();
  const test = heldOut(shape);
  const quality = auc(toScorer(model), test, { train: knownTo(test, model.learned!.seen) }).mean;
  const vectors = createHash("sha256").update(model.learned!.items.embeddings).digest("hex");
  return {
    interactions: file.length,
    seconds,
    epochs: history.map((info) => info.seconds),
    processor: clock.slice(1).map((after, epoch) => after - clock[epoch]),
    bytes,
    auc: quality,
    vectors,
  };
}

/** All of a file as one matrix. */
function readAll(file: InteractionFile): Coo {
  const { rows, columns, length } = file;
  const all = { rows, columns, rowIndices: new Int32Array(length), columnIndices: new Int32Array(length), values: new Float32Array(length) }; // prettier-ignore
  let place = 0;
  for (const block of toInteractionBlocks(file)) {
    for (const name of ["rowIndices", "columnIndices", "values"] as const) all[name].set(block[name], place);
    place += block.values.length;
  }
  return all;
}

/** What the users that are asked about have chosen before. */
function knownTo(test: Coo, { offsets, indices }: SparsePattern): Coo {
  const users = [...new Set(test.rowIndices)];
  const items = users.map((user) => [...indices.subarray(offsets[user], offsets[user + 1])]);
  const rowIndices = Int32Array.from(users.flatMap((user, place) => items[place].map(() => user)));
  return { ...test, rowIndices, columnIndices: Int32Array.from(items.flat()), values: new Float32Array(rowIndices.length).fill(1) }; // prettier-ignore
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The largest memory that this process has had, in bytes. */
function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

if (require.main === module)
  void answerTasks((task: StreamTask) => (task.work === "write" ? write(task) : learn(task)));
