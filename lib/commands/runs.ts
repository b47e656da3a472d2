import * as path from "node:path";
import { projectRoot } from "../files";
import { formatRuns, readRuns } from "../runner/history";
import { readArguments } from "./usage";

const HELP = `Usage: npm run runs

Lists the runs under runs/: when, which lesson, parameters, headline numbers, time.`;

/** `npm run runs`: the table of past runs. */
export async function runs(args: string[]): Promise<number> {
  readArguments(args, { options: {} }, HELP);
  const past = readRuns(path.join(projectRoot, "runs"));
  past.notes.forEach((note) => console.error(note));
  console.log(formatRuns(past.runs));
  return 0;
}
