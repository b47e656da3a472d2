import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { UsageError } from "../../lib/commands/usage";
import { formatTable } from "../../lib/runner/history";
import { streamProgress } from "../../lib/runner/progress";
import { askAlone } from "../contender";
import { median, spreadOf, type Spread } from "../statistics";
import { EACH, shapeOf } from "./plantedStream";
import type { StreamAnswer, StreamTask } from "./streamOurs";

/** How it is measured. */
export interface StreamOptions {
  epochs: number;
  threads: number;
  rounds: number;
  /** Ends the measurement: what is measured by then is printed. */
  signal: AbortSignal;
}

/** What was measured with so many interactions. */
export interface StreamRow {
  interactions: number;
  written: StreamAnswer;
  streamed: StreamAnswer[];
  /** From memory, in the same rounds; empty where there are too many. */
  inMemory: StreamAnswer[];
  /** From a tenth of the interactions. */
  tenth: StreamAnswer;
}

const SCRIPT = path.join(__dirname, "streamOurs.ts");

/** More are not learned from memory, and have one round. */
const MOST_IN_MEMORY = 10_000_000;
/** Bytes of an interaction on the disk. */
const BYTES = 8;

/** Measures WARP from files of so many interactions, and prints a table; false where it was ended before. */
export async function measureStream(sizes: number[], options: StreamOptions): Promise<boolean> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "warp-stream-"));
  const rows: StreamRow[] = [];
  try {
    checkRoom(folder, Math.max(...sizes));
    for (const interactions of sizes) rows.push(await measureSize(interactions, folder, options));
  } catch (error) {
    if (!options.signal.aborted) throw error; // else the error is only that of a process that was ended
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  if (rows.length > 0) console.log(formatStream(rows));
  return rows.length === sizes.length;
}

function checkRoom(folder: string, interactions: number): void {
  const { bavail, bsize } = fs.statfsSync(folder);
  const needed = interactions * BYTES * 1.1 + 2 ** 20;
  if (bavail * bsize < needed)
    throw new UsageError(
      `${os.tmpdir()} has ${megabytes(bavail * bsize)} MB free, ${megabytes(needed)} MB are needed; give fewer --interactions, or another TMPDIR`,
    );
}

async function measureSize(interactions: number, folder: string, options: StreamOptions): Promise<StreamRow> {
  const { epochs, threads, signal } = options;
  const shape = shapeOf(interactions);
  const [file, small] = ["all.bin", "tenth.bin"].map((name) => path.join(folder, name));
  const play = (task: StreamTask) => askAlone<StreamAnswer>(task, { script: SCRIPT, threads, signal });
  const tell = (what: string) => streamProgress(process.stderr).log(`${shown(interactions)} interactions: ${what} …`);
  tell("writing");
  const written = await play({ work: "write", file, shape, each: EACH });
  await play({ work: "write", file: small, shape, each: EACH / 10 });
  const learn = (from: "file" | "memory", source = file) =>
    play({ work: "learn", from, file: source, shape, epochs, threads });
  const [streamed, inMemory]: [StreamAnswer[], StreamAnswer[]] = [[], []];
  const isLarge = interactions > MOST_IN_MEMORY;
  for (let round = 1; round <= (isLarge ? 1 : options.rounds); round++) {
    tell(`learning, round ${round}`);
    streamed.push(await learn("file"));
    if (!isLarge) inMemory.push(await learn("memory"));
    if (!isLarge && threads === 1 && inMemory.at(-1)!.vectors !== streamed.at(-1)!.vectors)
      throw new Error(`${shown(interactions)} interactions: the file and memory gave other vectors`);
  }
  tell("learning from a tenth");
  const tenth = await learn("file", small);
  for (const name of [file, small]) fs.rmSync(name);
  return { interactions: written.interactions, written, streamed, inMemory, tenth };
}

/**
 * The rows as a table for people. "epoch s" is the time of an epoch, "processor s" the processor's part of it. A ratio above
 * 1: learning from the file takes less than learning from memory.
 */
export function formatStream(rows: StreamRow[]): string {
  const head = ["interactions", "file MB", "writing s", "lists s", "epoch s", "processor s", "peak MB", "processor beside memory", "peak beside memory", "AUC", "of a tenth"]; // prettier-ignore
  return formatTable([head, ...rows.map(toCells)]);
}

function toCells({ interactions, written, streamed, inMemory, tenth }: StreamRow): string[] {
  const beside = (value: (answer: StreamAnswer) => number) =>
    inMemory.length === 0 ? "-" : inWords(spreadOf(streamed.map((one, round) => value(inMemory[round]) / value(one))));
  return [
    shown(interactions),
    String(megabytes(interactions * BYTES)),
    written.seconds.toFixed(1),
    median(streamed.map(({ seconds, epochs }) => seconds - total(epochs))).toFixed(1),
    median(streamed.map(({ epochs }) => median(epochs))).toPrecision(3),
    median(streamed.map(processorSeconds)).toPrecision(3),
    String(megabytes(median(streamed.map(({ bytes }) => bytes)))),
    beside(processorSeconds),
    beside(({ bytes }) => bytes),
    streamed[0].auc.toFixed(3),
    tenth.auc.toFixed(3),
  ];
}

/** Of an epoch, which other work on the machine hardly changes. */
function processorSeconds({ processor }: StreamAnswer): number {
  return median(processor);
}

function total(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function inWords({ ratio, low, high }: Spread): string {
  return `${ratio.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function megabytes(bytes: number): number {
  return Number((bytes / 1e6).toPrecision(3));
}

function shown(value: number): string {
  return value.toLocaleString("en-US");
}
