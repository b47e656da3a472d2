import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments } from "../lib/commands/usage";
import { wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- workers [--rows 60] [--every 20] [--small]

Runs one sweep, lesson 2 with --quick over so many seeds, in copies of the project: on this machine; with the engine bullmq
and as many workers as rows ran at a time there; with three workers, one of which is killed (SIGKILL) in turns and
replaced; and the last one a second time. It starts a Redis server of its own, which must be installed. It counts rows that
are lost, done twice, or have other numbers, and the overhead of a row: the time of all places for rows that was not
taken by the rows' own processes, divided by the rows.

  --rows    rows of the sweep
  --every   seconds between two kills
  --small   a notebook that waits for two seconds in place of the lesson`;

const OPTIONS = {
  rows: { type: "string", default: "60" },
  every: { type: "string", default: "20" },
  small: { type: "boolean", default: false },
} as const;

/** `npm run bench -- workers`: a sweep on this machine and on workers, some of which are killed. */
export async function benchWorkers(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const rows = wholeNumber("rows", values.rows, 1000);
  const every = wholeNumber("every", values.every, 3600);
  const { compareEngines } = await import("./workers/compareEngines");
  return (await compareEngines({ rows, every, isSmall: values.small, signal: abortOnInterrupt() })) ? 0 : 1;
}
