import * as path from "node:path";
import { projectRoot, replaceFile } from "../files";
import { chooseRuns } from "../runner/chooseRuns";
import { type Comparison, compareRuns, lessonName } from "../runner/compareRuns";
import { formatComparison } from "../runner/formatComparison";
import { formatRuns, type PastRun, readRuns } from "../runner/history";
import { orUsageError, readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run runs [-- [RUN RUN …] [--lesson NUMBER] [--html FILE] [--json FILE]]

Lists the runs under runs/: when, which lesson, parameters, headline numbers, time. With two or more RUNs it compares
them: the parameters that differ, the recorded numbers with their difference to the first run, the time.

  RUN              a run's name or its beginning, last, or last~1 for the one before
  --lesson NUMBER  only this lesson; without a RUN it compares all its runs
  --html FILE      writes the comparison as a page with charts, which works offline; without a RUN of all runs
  --json FILE      writes it for programs`;

const OPTIONS = { lesson: { type: "string" }, html: { type: "string" }, json: { type: "string" } } as const;

/** `npm run runs`: the table of past runs, or some of them beside one another. */
export async function runs(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  const past = readRuns(path.join(projectRoot, "runs"));
  past.notes.forEach((note) => console.error(note));
  if (positionals.length === 0 && Object.keys(values).length === 0) {
    console.log(formatRuns(past.runs, process.stdout.columns));
    return 0;
  }
  const comparisons = compareChosen(past.runs, positionals, values.lesson);
  console.log(comparisons.map(formatComparison).join("\n\n"));
  if (values.html) write(values.html, (await import("./comparePage")).comparePage(comparisons));
  if (values.json) write(values.json, JSON.stringify({ version: 1, lessons: comparisons }, null, 2) + "\n");
  return 0;
}

function compareChosen(past: PastRun[], words: string[], lesson: string | undefined): Comparison[] {
  const number = lesson?.padStart(2, "0");
  const chosen = orUsageError(() => chooseRuns(past, words)).map((run) => ({
    ...run,
    lessons: run.lessons.filter((summary) => number === undefined || lessonName(summary).startsWith(`${number}-`)),
  }));
  const comparisons = compareRuns(chosen);
  if (comparisons.length > 0) return comparisons;
  const of = lesson === undefined ? "of the same lesson" : `of lesson "${lesson}"`;
  throw new UsageError(`Two runs ${of} are wanted to compare; npm run runs lists those there are`);
}

function write(file: string, text: string): void {
  replaceFile(file, text);
  console.log(`\nwrote ${file}`);
}
