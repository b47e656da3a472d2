import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments, UsageError } from "../lib/commands/usage";
import { wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- kills [--times 50] [--seed 42]

Runs a small notebook that trains a net for six epochs, kills its kernel or its runner (SIGKILL, in turns) at a random
moment, every other pair of times while it trains, and runs it again. After each kill no process may be left and the output must be a valid notebook with the
cells that were finished; the second run must begin after the last checkpoint and end with the weights of an unbroken
run, bit for bit.

  --times   how many kills
  --seed    of the moments`;

const OPTIONS = { times: { type: "string", default: "50" }, seed: { type: "string", default: "42" } } as const;

/** `npm run bench -- kills`: what is left of runs that were killed. */
export async function benchKills(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const times = wholeNumber("times", values.times, 9999);
  const seed = wholeNumber("seed", values.seed, 999_999_999);
  if (process.platform === "win32")
    throw new UsageError("kills asks the system which processes run, by ps; Windows has none");
  const { killAtRandom } = await import("./kills/killAtRandom");
  return (await killAtRandom({ times, seed, signal: abortOnInterrupt() })) ? 0 : 1;
}
