import { replaceFile } from "../files";
import { chooseRuns } from "../runner/chooseRuns";
import { type Comparison, compareRuns, lessonName } from "../runner/compareRuns";
import { formatComparison } from "../runner/formatComparison";
import { formatRuns, type PastRun, readRuns } from "../runner/history";
import { RUNS } from "./runsFolder";
import type { ShowOptions } from "./showSweep";
import { orUsageError, readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run runs [-- [RUN RUN …] [--lesson NUMBER] [--html FILE] [--json FILE] | --sweep NAME]

Lists the runs under runs/: when, which lesson, parameters, headline numbers, time. With two or more RUNs it compares
them: the parameters that differ, the recorded numbers with their difference to the first run, the time.

  RUN              a run's name or its beginning, last, or last~1 for the one before
  --lesson NUMBER  only this lesson; without a RUN it compares all its runs
  --html FILE      writes the comparison as a page with charts, which works offline; without a RUN of all runs
  --json FILE      writes it for programs
  --sweep NAME     the rows of npm run sweep: the best ones, and all of them as a page, as CSV and as Arrow
  --metric NAME    the recorded value to rank them by; default the sweep's own, or else the first number
  --least          the least of it is the best
  --tensorboard FOLDER
                   writes the sweep's finished rows for TensorBoard, each as a run
  --mlflow URL     sends them to an MLflow server; those that are there stay as they are`;

const OPTIONS = {
  lesson: { type: "string" },
  html: { type: "string" },
  json: { type: "string" },
  sweep: { type: "string" },
  metric: { type: "string" },
  least: { type: "boolean" },
  tensorboard: { type: "string" },
  mlflow: { type: "string" },
} as const;

/** The options that only a sweep has. */
const OF_SWEEPS = ["metric", "least", "tensorboard", "mlflow"] as const;

/** `npm run runs`: the table of past runs, or some of them beside one another. */
export async function runs(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  if (values.sweep !== undefined) return showAsked(values.sweep, values, positionals);
  const stray = OF_SWEEPS.find((name) => values[name] !== undefined);
  if (stray) throw new UsageError(`--${stray} is for the rows of a sweep; give --sweep NAME too`);
  const past = readRuns(RUNS);
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

/** Shows a sweep, where nothing is asked for that belongs to runs. */
async function showAsked(
  name: string,
  { lesson, json, ...options }: { lesson?: string; json?: string } & ShowOptions,
  runNames: string[],
): Promise<number> {
  if (lesson !== undefined || json !== undefined || runNames.length > 0)
    throw new UsageError("--sweep shows the rows of a sweep and no other runs; leave RUN, --lesson and --json out");
  return (await import("./showSweep")).showSweep(name, options);
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
