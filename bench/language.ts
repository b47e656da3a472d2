import { readArguments } from "../lib/commands/usage";
import { wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- language [--requests 100]

Opens lesson 1 in the language server, with a cell that imports TensorFlow.js at its end, and asks by a client over standard input
and output: each time a cell is edited first, and the time is that from the edit to the answer. The first requests of each kind,
which load what there is to know, are told apart.

  --requests   of which the times are taken, of five kinds in turns`;

const OPTIONS = { requests: { type: "string", default: "100" } } as const;

const MOST_REQUESTS = 10_000;

/** `npm run bench -- language`: how fast the language server answers. */
export async function benchLanguage(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const requests = wholeNumber("requests", values.requests, MOST_REQUESTS);
  const { measureLanguage } = await import("./language/measure");
  const { formatTable } = await import("../lib/runner/history");
  console.log(formatTable(await measureLanguage(requests)));
  return 0;
}
