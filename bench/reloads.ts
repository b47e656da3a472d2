import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments, UsageError } from "../lib/commands/usage";
import { skip } from "../test/browser";
import { wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- reloads [--times 100] [--seed 42]

Trains a small net in a tab of Chromium, and reloads or closes the tab at a random moment of an epoch, in turns. The training that
then begins must go on after the last epoch whose end was seen, and in the end have the weights of an unbroken one, bit for bit.

  --times   how many reloads and closed tabs
  --seed    of the moments`;

const OPTIONS = { times: { type: "string", default: "100" }, seed: { type: "string", default: "42" } } as const;

/** `npm run bench -- reloads`: what is left of trainings in tabs that were reloaded or closed. */
export async function benchReloads(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const times = wholeNumber("times", values.times, 9999);
  const seed = wholeNumber("seed", values.seed, 999_999_999);
  if (skip) throw new UsageError(`reloads needs Chromium: ${skip}`);
  const { reloadAtRandom } = await import("./reloads/reloadAtRandom");
  return (await reloadAtRandom({ times, seed, signal: abortOnInterrupt() })) ? 0 : 1;
}
