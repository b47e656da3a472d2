import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments } from "../lib/commands/usage";
import { conclude } from "./conclude";
import { checkFile, wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- demo [--rounds 5] [--seconds 5] [--clients 1,16] [--threads 1] [--json FILE]
       npm run bench -- demo --abuse [--seconds 60]

Serves the demo's network by turns with Gradio, which is installed with pip in an environment of its own, and has both
classify the same pictures. A ratio above 1: ours is better.

  --rounds   rounds after one as long to warm up; a ratio is the median of those of the rounds
  --seconds  of each turn; with --abuse of all of it
  --clients  numbers of clients that ask at the same time, each measured on its own
  --threads  processor cores of the server, where there are more the clients have the others
  --json     writes the rows to a file
  --abuse    good calls among bad ones of every kind: are all answered, does memory stay, is every refusal clear?`;

const OPTIONS = {
  rounds: { type: "string", default: "5" },
  seconds: { type: "string" },
  clients: { type: "string", default: "1,16" },
  threads: { type: "string", default: "1" },
  json: { type: "string" },
  abuse: { type: "boolean", default: false },
} as const;

const MOST = 9999; // of any of the numbers

/** `npm run bench -- demo`: the demo beside Gradio, or under abuse. */
export async function benchDemo(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const signal = abortOnInterrupt();
  const seconds = wholeNumber("seconds", values.seconds ?? (values.abuse ? "60" : "5"), MOST);
  if (values.abuse) return (await import("./demo/abuse")).abuseDemo({ seconds, signal });
  if (values.json !== undefined) checkFile(values.json);
  const clients = values.clients.split(",").map((number) => wholeNumber("clients", number, MOST));
  const [rounds, threads] = [wholeNumber("rounds", values.rounds, MOST), wholeNumber("threads", values.threads, MOST)];
  const { measureDemo } = await import("./demo/measure");
  const { formatRows } = await import("./demo/report");
  const rows = await measureDemo({ rounds, seconds, clients, threads, signal });
  return conclude({ rows, table: formatRows(rows), json: values.json, signal });
}
