import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments, UsageError } from "../lib/commands/usage";
import { wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- warp-stream [--interactions 100000,1000000,10000000] [--epochs 3] [--threads 1] [--rounds 3]

Writes planted interactions into a file and learns WARP from it, block by block, in a process of its own: time, memory
at its peak, and AUC on interactions that were held out, beside the AUC of a model that knows a tenth of each user's
interactions. In turns with it the same is learned from memory, up to ten million interactions.

  --interactions  how many: 100000000 takes about 0.8 GB of disk, 2 GB of memory and a quarter of an hour
  --epochs        of each training, 2 at least
  --threads       of each training; its process is kept on as many cores
  --rounds        turns; a ratio is the median of those of the rounds. A hundred million have one`;

const OPTIONS = {
  interactions: { type: "string", default: "100000,1000000,10000000" },
  epochs: { type: "string", default: "3" },
  threads: { type: "string", default: "1" },
  rounds: { type: "string", default: "3" },
} as const;

/** `npm run bench -- warp-stream`: WARP from a file, by the number of interactions. */
export async function benchWarpStream(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const options = {
    epochs: wholeNumber("epochs", values.epochs, 999),
    threads: wholeNumber("threads", values.threads, 64),
    rounds: wholeNumber("rounds", values.rounds, 999),
  };
  if (options.epochs < 2) throw new UsageError("--epochs is 1; give 2 at least: the first is not measured");
  const sizes = values.interactions.split(",").map((text) => wholeNumber("interactions", text, 999_999_999));
  const { measureStream } = await import("./warp/stream");
  return (await measureStream(sizes, { ...options, signal: abortOnInterrupt() })) ? 0 : 1;
}
