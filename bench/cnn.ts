import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments, UsageError } from "../lib/commands/usage";
import type { MeasureOptions } from "./cnn/measure";
import { conclude } from "./conclude";
import { checkFile, wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- cnn [--nets A,B] [--threads 2,1] [--rounds 7] [--steps 100] [--slow] [--json FILE]

Trains the nets of lessons 1 (A) and 2 (B) in turns with Keras 3, which is installed with pip in an environment of its
own, and predicts in turns with Keras and with the other backends of TensorFlow.js. A ratio above 1: ours is faster.

  --nets     which nets
  --threads  numbers of processor cores to use, each measured on its own; the peers that know only one core, and
             model.fit, are measured beside the first
  --rounds   rounds after one to warm up; a ratio is the median of those of the rounds
  --steps    training steps of 32 images in a round
  --slow     also a training step of TensorFlow.js in plain JavaScript, which takes about half a minute
  --json     writes the rows to a file`;

const OPTIONS = {
  nets: { type: "string", default: "A,B" },
  threads: { type: "string", default: "2,1" },
  rounds: { type: "string", default: "7" },
  steps: { type: "string", default: "100" },
  slow: { type: "boolean", default: false },
  json: { type: "string" },
} as const;

const MOST_THREADS = 64; // of our backend
const MOST_STEPS = 1875; // an epoch over all training images
const MOST_ROUNDS = 999;

/** `npm run bench -- cnn`: training and prediction beside Keras and TensorFlow.js' own backends. */
export async function benchCnn(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const options = readOptions(values);
  if (values.json !== undefined) checkFile(values.json);
  const { measureCnn } = await import("./cnn/measure");
  const { formatRows } = await import("./cnn/report");
  const signal = abortOnInterrupt();
  const rows = await measureCnn({ ...options, signal });
  return conclude({ rows, table: formatRows(rows), json: values.json, signal });
}

type Values = Record<"nets" | "threads" | "rounds" | "steps", string> & { slow: boolean };

function readOptions({ nets, threads, rounds, steps, slow }: Values): Omit<MeasureOptions, "signal"> {
  if (!["A", "B", "A,B", "B,A"].includes(nets)) throw new UsageError(`--nets is "${nets}"; give A, B or A,B`);
  return {
    nets: nets.split(",") as MeasureOptions["nets"],
    threads: threads.split(",").map((number) => wholeNumber("threads", number, MOST_THREADS)),
    rounds: wholeNumber("rounds", rounds, MOST_ROUNDS),
    steps: wholeNumber("steps", steps, MOST_STEPS),
    slow,
  };
}
