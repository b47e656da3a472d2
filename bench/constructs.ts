import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments } from "../lib/commands/usage";

const HELP = `Usage: npm run bench -- constructs

Tries every construct of TypeScript and Node that bench/kernel/constructs.ts lists in cells: at the top level of one cell,
declared a second time, and declared in one cell and used in another. Prints a table in Markdown for this package's
kernel and Deno's, which is installed by npm below data/downloads.`;

/** `npm run bench -- constructs`: what cells may hold, here and in Deno. */
export async function benchConstructs(args: string[]): Promise<number> {
  readArguments(args, { options: {} }, HELP);
  const { tryConstructs } = await import("./kernel/tryConstructs");
  const signal = abortOnInterrupt();
  console.log(await tryConstructs(signal));
  return signal.aborted ? 1 : 0;
}
