import { readArguments, UsageError } from "../lib/commands/usage";
import { wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- profile NET [--steps 20] [--threads N] [--predict]

Tells where a training step of a net of the zoo spends its time, kernel by kernel: milliseconds, share, and GFLOP/s of
products and convolutions or GB/s of the others, beside what this machine can do. A convolution counts as it is written,
so that one by Winograd's filtering may be faster than the machine's products.

  --steps    steps that are measured, after three to warm up
  --threads  threads of the kernels; default one for each core
  --predict  predicts batches of the net's size instead`;

const OPTIONS = {
  steps: { type: "string", default: "20" },
  threads: { type: "string" },
  predict: { type: "boolean", default: false },
} as const;

const WARM_UP = 3;
const MOST_STEPS = 10_000;
const MOST_THREADS = 64;

/** `npm run bench -- profile NET`. */
export async function benchProfile(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  const steps = wholeNumber("steps", values.steps, MOST_STEPS);
  if (values.threads !== undefined) process.env.ATELIER_THREADS = String(wholeNumber("threads", values.threads, MOST_THREADS)); // prettier-ignore
  const { nets } = await import("./zoo/nets");
  const [name] = positionals;
  if (positionals.length !== 1 || !(name in nets))
    throw new UsageError(`profile wants one net, of ${Object.keys(nets).join(", ")}; it was given "${positionals.join(" ")}"`); // prettier-ignore
  console.log(await profile(name, steps, values.predict));
  return 0;
}

async function profile(name: string, steps: number, predict: boolean): Promise<string> {
  const { useBackend } = await import("../lib/compute/useBackend");
  const { nets } = await import("./zoo/nets");
  const { timeKernels } = await import("./profile/kernelTimes");
  const { measureMachine } = await import("./profile/machine");
  const { formatProfile } = await import("./profile/report");
  const { description } = await useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} });
  const { make, size, title } = nets[name];
  const program = make(size);
  if (predict && !program.predict) throw new UsageError(`${name} has no prediction of its own; profile its training`);
  const run = (count: number) => {
    program.prepare(count * size.batch);
    return async () => void (predict ? program.predict!(count * size.batch) : await program.train(count));
  };
  await run(WARM_UP)();
  const times = await timeKernels(run(steps));
  const what = `${title}: ${predict ? "prediction" : "a training step"} of ${size.batch} examples, simd on ${description}`;
  return formatProfile({ title: what, steps, ...times, machine: measureMachine() });
}
