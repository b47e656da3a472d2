import * as fs from "node:fs";
import * as path from "node:path";
import { shownPath } from "../files";
import { countsOf, rowTitle } from "../sweep/formatStates";
import { type Halving, survivors } from "../sweep/halving";
import { loadSubject } from "../sweep/loadSubject";
import { namedRows } from "../sweep/namedRows";
import { LOG } from "../sweep/rowResult";
import type { RowState } from "../sweep/runSweep";
import { scoredSweep } from "../sweep/scoredSweep";
import { rowFolder, saveSweep, type Sweep } from "../sweep/sweepFolder";
import { abortOnInterrupt } from "./abortOnInterrupt";
import { givenPath } from "./givenPath";
import { ROW_MEMORY, runRows, type RunRowsOptions } from "./runRows";
import { RUNS } from "./runsFolder";
import { sweepRow } from "./sweepRow";
import { planOf, readSweepSettings, SWEEP_OPTIONS, type SweepSettings } from "./sweepSettings";
import { onlyOne, orUsageError, readArguments } from "./usage";

const HELP = `Usage: npm run sweep -- FILE.yaml | NOTEBOOK | SCRIPT -p name=VALUES [-p name=VALUES …]
       npm run sweep -- work [--redis URL]

Runs a notebook with many values of its parameters, each row of values as npm run notebook would, in a process of its own.
NOTEBOOK is a path or a lesson's number. A SCRIPT, in .ts, .js, .mjs or .cjs, gets each value as a word, --name=value, and
appends its numbers to the file of ATELIER_RECORDS, as record(name, value) of lib/notebook/record does. Rows that are
finished stay: the same command again runs what is left. With work it runs rows that other sweeps have put into a queue.
It ends with 0 when every row was fine, 1 when one failed or was interrupted, 2 for a wrong request.

  -p name=VALUES     values of a parameter: a list, 0.001,0.01; whole numbers, 1..5; steps, 0..1:0.25; in a sample also
                     0.1..0.9, and log:0.0001..0.1 drawn by its logarithm
  --quick            takes the lesson's own small parameters
  --sample METHOD    draws rows in place of the grid of all values: random, or sobol, which spreads them evenly
  --rows N           how many
  --sample-seed N    another number, another sample; default 1
  --name NAME        what the sweep is called; default the file's name, or the notebook's with a hash of its rows
  --threads N        threads of each row; default ATELIER_THREADS, or else 1
  --memory MB        memory that a row is taken to need; default ${ROW_MEMORY}
  --at-once N        rows that run at a time; default as many as cores and free memory are enough for
  --timeout SECONDS  the longest a cell may take
  --engine NAME      what the rows run on: local, this machine, by default; bullmq, workers that take them from a queue
                     on Redis, each started by npm run sweep -- work; or slurm, a cluster
  --redis URL        bullmq: the server; default ATELIER_REDIS, or else redis://127.0.0.1:6379
  --results PLACE    bullmq: where workers leave results, a folder or s3://bucket/prefix; default on this machine runs/
  --partition NAME   slurm: the partition; default the cluster's own
  --sbatch=WORDS     slurm: further words for sbatch, as --sbatch="--time=1:00:00 --account=NAME"
  --detach           slurm: submits the rows and leaves them; the same command again follows them
  --halve NAME=A..B  runs all rows with the budget A of this parameter, as epochs, the best with more, up to B
  --keep N           one of N rows goes on to the next budget, which is N times as large; default 3
  --metric NAME      the recorded value by which rows are good; default the first number
  --least            the least of it is the best, as of a loss
  --fresh            runs finished rows again
  --dry-run          shows the rows and runs nothing

A FILE.yaml has the same as notebook, parameters, quick, sample, rows, sampleSeed, threads, memory, atOnce, timeout,
engine, redis, results, partition, sbatch, halve, keep, metric and least; what the command line says comes first.
npm run runs -- --sweep NAME draws the result.`;

/** `npm run sweep`: one notebook or script with many values of its parameters. */
export async function sweep(args: string[]): Promise<number> {
  if (args[0] === "row") return sweepRow(args.slice(1));
  if (args[0] === "work") return (await import("./sweepWork")).sweepWork(args.slice(1));
  const { values, positionals } = readArguments(args, { options: SWEEP_OPTIONS, allowPositionals: true }, HELP);
  const given = givenPath(onlyOne(positionals, "sweep file, notebook or script", HELP));
  const asked = orUsageError(() => readSweepSettings(given, values));
  const { planned, halving } = orUsageError(() => planOf(asked));
  if (values["dry-run"]) return showRows(planned, halving);
  const hurry = new AbortController();
  const options = { fresh: values.fresh ?? false, signal: abortOnInterrupt({ hurry }), hurry: hurry.signal };
  saveSweep(RUNS, planned);
  const states = await (halving ? runHalving(planned, { asked, halving }, options) : runRows(planned, asked, options));
  return asked.detach ? leave(states) : report(planned, states);
}

/** Runs the rows budget by budget; resolves to how far all rows of all budgets are. */
async function runHalving(
  planned: Sweep,
  { asked, halving }: { asked: SweepSettings; halving: Halving },
  options: RunRowsOptions,
): Promise<RowState[]> {
  const { budget, budgets, keep } = halving;
  const subject = loadSubject(planned.notebook);
  const all: RowState[] = [];
  let { rows } = planned;
  for (const [index, value] of budgets.entries()) {
    console.log(`budget ${index + 1} of ${budgets.length}, ${budget}=${value}`);
    const states = await runRows({ ...planned, rows }, asked, options);
    all.push(...states);
    if (index === budgets.length - 1 || !states.every(hasEnded) || !states.some(isFine)) break;
    const { ranked } = orUsageError(() => scoredSweep({ ...planned, rows }, ({ id }) => rowFolder(RUNS, id)));
    const best = ranked.slice(0, survivors(rows.length, keep)).map(({ row }) => row.parameters);
    rows = namedRows(
      subject,
      best.map((parameters) => ({ ...parameters, [budget]: budgets[index + 1] })),
    );
    saveSweep(RUNS, { ...planned, rows: [...all.map(({ row }) => row), ...rows] });
  }
  return all;
}

function showRows({ name, rows, varied }: Sweep, halving: Halving | undefined): number {
  const then = halving ? `, then the best with ${halving.budget}=${halving.budgets.slice(1).join(", ")}` : "";
  console.log([...rows.map((row) => rowTitle(row, varied)), `${name}: ${rows.length} rows${then}`].join("\n"));
  return 0;
}

/** The rows are left to what runs them. */
function leave(states: RowState[]): number {
  console.log(states.every(isFine) ? countsOf(states) : "the same command again follows the rows");
  return 0;
}

function report({ name, varied }: Sweep, states: RowState[]): number {
  const failed = states.filter(({ status }) => status === "failed");
  for (const { row } of failed.slice(0, MOST_FAILED)) {
    const log = path.join(rowFolder(RUNS, row.id), LOG);
    if (fs.existsSync(log)) console.log(`${rowTitle(row, varied)} failed: see ${shownPath(log)}`);
  }
  const isWhole = states.every(isFine);
  console.log(countsOf(states));
  console.log(isWhole ? `npm run runs -- --sweep ${name} draws them` : "the same command again runs what is left");
  return isWhole ? 0 : 1;
}

const MOST_FAILED = 10; // failed rows that are named

function isFine({ status }: RowState): boolean {
  return status === "ok" || status === "kept";
}

function hasEnded(state: RowState): boolean {
  return isFine(state) || state.status === "failed";
}
