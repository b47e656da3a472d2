import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments, UsageError } from "../lib/commands/usage";
import { conclude } from "./conclude";
import type { Peer } from "./kernel/measure";
import { checkFile, wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- kernel [--rounds 10] [--peers tslab,deno] [--json FILE]

Starts this package's kernel and its peers in turns, in a fresh process each round, and takes the times of a start, of the
first import of TensorFlow.js, of a trivial cell, a declaration and a completion after it, of 100,000 printed lines, of
which all must arrive, and of an interrupt of an endless loop, by a message and in the way that Jupyter does it for the kernel,
and the memory after the start. Our kernel is also started ahead, as npm run lab does it, and timed from the moment in which a
notebook takes it. A ratio above 1: ours takes less.

  --rounds   of which each figure is the median
  --peers    tslab, deno or both; Deno's kernel checks no types. It is installed by npm below data/downloads
  --json     writes the rows to a file`;

const OPTIONS = {
  rounds: { type: "string", default: "10" },
  peers: { type: "string", default: "tslab,deno" },
  json: { type: "string" },
} as const;

const MOST_ROUNDS = 999;

/** `npm run bench -- kernel`: our kernel beside stock tslab and Deno's. */
export async function benchKernel(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const rounds = wholeNumber("rounds", values.rounds, MOST_ROUNDS);
  if (values.json !== undefined) checkFile(values.json);
  const peers = values.peers.split(",").map(peerOf);
  const { measureKernels } = await import("./kernel/measure");
  const { formatRows } = await import("./kernel/report");
  const signal = abortOnInterrupt();
  const rows = await measureKernels({ rounds, peers, signal });
  return conclude({ rows, table: formatRows(rows), json: values.json, signal });
}

function peerOf(name: string): Peer {
  if (name === "tslab") return "stock tslab";
  if (name === "deno") return "Deno";
  throw new UsageError(`--peers has "${name}"; give tslab, deno or tslab,deno`);
}
