import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments, UsageError } from "../lib/commands/usage";
import { conclude } from "./conclude";
import type { GpuOptions, Rung } from "./gpu/measure";
import { checkFile, wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- gpu [--nets A,B] [--backends NAMES] [--rounds 5] [--steps 30]
                            [--lessons] [--quick] [--json FILE]

Trains the nets of lessons 1 (A) and 2 (B) on each backend that is here, in turns with Keras 3 on the same TensorFlow: on the
GPU where npm run native has built TensorFlow with CUDA, else on the CPU. A ratio above 1: ours is faster.

  --nets      which nets
  --backends  which backends: some of node-gpu, simd, tensorflow, webgpu, separated by commas; default all
  --rounds    rounds after one to warm up; a ratio is the median of those of the rounds
  --steps     training steps of 32 images in a round
  --lessons   then runs lessons 1 and 2 in full on each backend, and prints their images a second, time and numbers
  --quick     runs them with their quick parameters
  --json      writes the rows to a file`;

const OPTIONS = {
  nets: { type: "string", default: "A,B" },
  backends: { type: "string", default: "node-gpu,simd,tensorflow,webgpu" },
  rounds: { type: "string", default: "5" },
  steps: { type: "string", default: "30" },
  lessons: { type: "boolean", default: false },
  quick: { type: "boolean", default: false },
  json: { type: "string" },
} as const;

const RUNGS = OPTIONS.backends.default.split(",");
const MOST_STEPS = 1875; // an epoch over all training images
const MOST_ROUNDS = 999;

/** `npm run bench -- gpu`: a training step on each backend beside Keras, and the lessons on each. */
export async function benchGpu(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const options = readOptions(values);
  if (values.quick && !values.lessons) throw new UsageError("--quick is for lessons; give --lessons too");
  if (values.json !== undefined) checkFile(values.json);
  const { measureGpu } = await import("./gpu/measure");
  const { formatLessons, runLessons } = await import("./gpu/lessons");
  const { formatRows } = await import("./cnn/report");
  const signal = abortOnInterrupt();
  const steps = await measureGpu({ ...options, signal });
  if (!values.lessons || signal.aborted)
    return conclude({ rows: steps, table: formatRows(steps), json: values.json, signal });
  console.log(`\n${formatRows(steps)}\n`);
  const lessons = await runLessons({ rungs: options.rungs, quick: values.quick, signal });
  return conclude({ rows: [...steps, ...lessons], table: formatLessons(lessons), json: values.json, signal });
}

function readOptions({ nets, backends, rounds, steps }: Record<"nets" | "backends" | "rounds" | "steps", string>) {
  if (!["A", "B", "A,B", "B,A"].includes(nets)) throw new UsageError(`--nets is "${nets}"; give A, B or A,B`);
  if (backends.split(",").some((name) => !RUNGS.includes(name)))
    throw new UsageError(`--backends is "${backends}"; give some of ${RUNGS.join(", ")}`);
  return {
    nets: nets.split(",") as GpuOptions["nets"],
    rungs: backends.split(",") as Rung[],
    rounds: wholeNumber("rounds", rounds, MOST_ROUNDS),
    steps: wholeNumber("steps", steps, MOST_STEPS),
  };
}
