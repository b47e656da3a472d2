import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments, UsageError } from "../lib/commands/usage";
import { conclude } from "./conclude";
import { checkFile, wholeNumber } from "./options";
import type { Task } from "./zoo/tasks";

const HELP = `Usage: npm run bench -- zoo [--nets lstm,gru] [--threads 2,1] [--rounds 5] [--steps N] [--predict] [--check] [--json FILE]

Trains eighteen kinds of nets as a person would write them, and original A by plain model.fit, in turns with Keras 3,
which is installed with pip in an environment of its own. A ratio above 1: ours is faster.

  --nets     which nets; default all
  --threads  numbers of processor cores to use, each measured on its own
  --rounds   rounds after one to warm up; a ratio is the median of those of the rounds
  --steps    steps of a round; default as many as take about a second
  --predict  predicts instead, beside Keras' compiled call
  --check    holds the losses of small ones of these nets to those of plain JavaScript (needs no Python)
  --json     writes the rows to a file`;

const OPTIONS = {
  nets: { type: "string" },
  threads: { type: "string", default: "2,1" },
  rounds: { type: "string", default: "5" },
  steps: { type: "string" },
  predict: { type: "boolean", default: false },
  check: { type: "boolean", default: false },
  json: { type: "string" },
} as const;

const MOST_THREADS = 64; // of our backend
const MOST_STEPS = 10_000;
const MOST_ROUNDS = 999;

/** `npm run bench -- zoo`: any net a person writes, beside Keras. */
export async function benchZoo(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const names = await readNets(values.nets, values.predict);
  const threads = values.threads.split(",").map((number) => wholeNumber("threads", number, MOST_THREADS));
  const rounds = wholeNumber("rounds", values.rounds, MOST_ROUNDS);
  const steps = values.steps === undefined ? undefined : wholeNumber("steps", values.steps, MOST_STEPS);
  if (values.json !== undefined) checkFile(values.json);
  const signal = abortOnInterrupt();
  if (values.check) return check(names, signal);
  const { measureZoo } = await import("./zoo/measure");
  const { formatRows } = await import("./zoo/report");
  const work: Task["work"] = values.predict ? "predict" : "train";
  const rows = await measureZoo({ nets: names, threads, rounds, steps, work, signal });
  return conclude({ rows, table: formatRows(rows), json: values.json, signal });
}

async function readNets(given: string | undefined, predict: boolean): Promise<string[]> {
  const { nets } = await import("./zoo/nets");
  const all = Object.keys(nets).filter((name) => !predict || !STEPPED.includes(name));
  const names = given?.split(",") ?? all;
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new UsageError(`--nets names "${unknown}"; there are ${all.join(", ")}`);
  return names;
}

/** Nets whose steps are written out: they have no prediction of their own. */
const STEPPED = ["vae", "gan"];

async function check(names: string[], signal: AbortSignal): Promise<number> {
  const { checkZoo } = await import("./zoo/check");
  const curves = await checkZoo(names, { signal });
  for (const { net, difference, agree } of curves)
    console.log(`${agree ? "agrees" : "DIFFERS"}  ${net}: by ${(100 * difference).toPrecision(2)} % at most`);
  return curves.every(({ agree }) => agree) ? 0 : 1;
}
