import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments } from "../lib/commands/usage";
import { conclude } from "./conclude";
import { checkFile, wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- kernel [--rounds 10] [--json FILE]

Starts stock tslab and this package's kernel in turns, in a fresh process each round, and takes the times of a start, of
the first import of the library in lesson 1, of a trivial cell and of a completion after it, and of 100,000 printed
lines, of which all must arrive. A ratio above 1: ours is faster.

  --rounds   of which each time is the median
  --json     writes the rows to a file`;

const OPTIONS = { rounds: { type: "string", default: "10" }, json: { type: "string" } } as const;

const MOST_ROUNDS = 999;

/** `npm run bench -- kernel`: our kernel beside stock tslab. */
export async function benchKernel(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const rounds = wholeNumber("rounds", values.rounds, MOST_ROUNDS);
  if (values.json !== undefined) checkFile(values.json);
  const { measureKernels } = await import("./kernel/measure");
  const { formatRows } = await import("./kernel/report");
  const signal = abortOnInterrupt();
  const rows = await measureKernels({ rounds, signal });
  return conclude({ rows, table: formatRows(rows), json: values.json, signal });
}
