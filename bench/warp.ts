import * as fs from "node:fs";
import * as path from "node:path";
import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments, UsageError } from "../lib/commands/usage";
import { replaceFile } from "../lib/files";
import { wholeNumber } from "./options";
import type { SpeedOptions } from "./warp/speed";

const HELP = `Usage: npm run bench -- warp [--all | --cases TEXT] [--threads 1,2] [--rounds 5] [--epochs 3] [--json FILE]

Trains in turns with LightFM, which is installed with pip in an environment of its own with the flags it has by itself,
on a planted set of a million interactions and on Online Retail II. A ratio above 1: ours is better.

  --all       every loss, d = 10, 30, 64 and 128, with and without features, on both sets; takes an hour or two
  --cases     those of all the cases whose names hold a text, as in "bpr d=64" or "recommend"
  --threads   numbers of threads; one is kept on one core. Users are recommended to on one
  --rounds    rounds after one to warm up; a ratio is the median of those of the rounds
  --epochs    of each training
  --json      writes the rows to a file

  npm run bench -- warp --check | --quality | --dataset

  --check     our numbers beside LightFM's, which is built without fast-math for it
  --quality   ranking and cold start over five seeds, on a planted set and on Online Retail II
  --dataset   ten million rows streamed into a data set: time and memory`;

const OPTIONS = {
  check: { type: "boolean" },
  quality: { type: "boolean" },
  dataset: { type: "boolean" },
  all: { type: "boolean" },
  cases: { type: "string" },
  threads: { type: "string", default: "1,2" },
  rounds: { type: "string", default: "5" },
  epochs: { type: "string", default: "3" },
  json: { type: "string" },
} as const;

/** `npm run bench -- warp`: the recommender beside LightFM. */
export async function benchWarp(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  if (values.check) return (await (await import("./warp/check")).checkWarp()) ? 0 : 1;
  if (values.quality) await (await import("./warp/quality")).measureQuality();
  else if (values.dataset) await (await import("./warp/dataset")).measureDataset();
  else return benchSpeed(values);
  return 0;
}

type Values = Record<"threads" | "rounds" | "epochs", string> & { all?: boolean; cases?: string; json?: string };

async function benchSpeed(values: Values): Promise<number> {
  const options = readOptions(values);
  const { json } = values;
  if (json !== undefined && !fs.statSync(path.dirname(path.resolve(json)), { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--json is "${json}"; there is no such folder`);
  const { listCases } = await import("./warp/speedCases");
  if (listCases(options).length === 0)
    throw new UsageError(
      `--cases is "${options.text}", which no case holds; give a part of a name as "warp d=30 planted"`,
    );
  const { measureSpeed } = await import("./warp/speed");
  const { formatRows } = await import("./warp/speedReport");
  const signal = abortOnInterrupt();
  const rows = await measureSpeed({ ...options, signal });
  console.log(`\n${formatRows(rows)}`);
  if (signal.aborted) return 1;
  if (json !== undefined) replaceFile(json, JSON.stringify(rows, null, 2) + "\n");
  return 0;
}

function readOptions({ all, cases, threads, rounds, epochs }: Values): Omit<SpeedOptions, "signal"> {
  return {
    all,
    text: cases,
    threads: threads.split(",").map((number) => wholeNumber("threads", number, 64)),
    rounds: wholeNumber("rounds", rounds, 999),
    epochs: wholeNumber("epochs", epochs, 999),
  };
}
