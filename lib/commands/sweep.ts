import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { codeVersion, projectRoot, shownPath } from "../files";
import { splitArguments } from "../runner/parameters/readTexts";
import { loadNotebook } from "../runner/parseNotebook";
import { countsOf, rowTitle } from "../sweep/formatStates";
import { loadSweepFile, type SweepFile } from "../sweep/loadSweepFile";
import { planSweep } from "../sweep/planSweep";
import { rowCode } from "../sweep/rowFacts";
import { rowHolder } from "../sweep/rowLock";
import { LOG, REPORT } from "../sweep/rowResult";
import { rowsAtOnce } from "../sweep/rowsAtOnce";
import { runRow } from "../sweep/runRow";
import { firstStates, type RowState, runSweep } from "../sweep/runSweep";
import type { SampleMethod } from "../sweep/sampleRows";
import { rowFolder, saveSweep, type Sweep, type SweepRow } from "../sweep/sweepFolder";
import { watchSweep } from "../sweep/watchSweep";
import { abortOnInterrupt } from "./abortOnInterrupt";
import { givenPath } from "./givenPath";
import { findLessons, quickParameters } from "./lessons";
import { readTimeout } from "./runOptions";
import { onlyOne, orUsageError, readArguments, UsageError } from "./usage";

/** Megabytes that a row is taken to need where nothing is said. */
const ROW_MEMORY = 1000;

const HELP = `Usage: npm run sweep -- FILE.yaml | NOTEBOOK -p name=VALUES [-p name=VALUES …] [--sample random --rows N]

Runs a notebook with many values of its parameters, each row of values as npm run notebook would, in a process of its own.
NOTEBOOK is a path or a lesson's number. Rows that are finished stay: the same command again runs what is left.
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
  --metric NAME      the recorded value by which rows are good; default the first number
  --least            the least of it is the best, as of a loss
  --fresh            runs finished rows again
  --dry-run          shows the rows and runs nothing

A FILE.yaml has the same as notebook, parameters, quick, sample, rows, sampleSeed, threads, memory, atOnce, timeout,
metric and least; what the command line says comes first. npm run runs -- --sweep NAME draws the result.`;

const OPTIONS = {
  p: { type: "string", short: "p", multiple: true },
  quick: { type: "boolean" },
  sample: { type: "string" },
  rows: { type: "string" },
  "sample-seed": { type: "string" },
  name: { type: "string" },
  threads: { type: "string" },
  memory: { type: "string" },
  "at-once": { type: "string" },
  timeout: { type: "string" },
  metric: { type: "string" },
  least: { type: "boolean" },
  fresh: { type: "boolean" },
  "dry-run": { type: "boolean" },
} as const;

type Values = ReturnType<typeof readArguments<{ options: typeof OPTIONS; allowPositionals: true }>>["values"];

/** `npm run sweep`: one notebook with many values of its parameters. */
export async function sweep(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  const given = givenPath(onlyOne(positionals, "sweep file or notebook", HELP));
  const asked = orUsageError(() => settingsOf(given, values));
  const planned = orUsageError(() => plan(asked));
  if (values["dry-run"]) {
    console.log(
      [
        ...planned.rows.map((row) => rowTitle(row, planned.varied)),
        `${planned.name}: ${planned.rows.length} rows`,
      ].join("\n"),
    );
    return 0;
  }
  const states = await runRows(planned, asked, values.fresh ?? false);
  return report(planned, states);
}

/** A sweep's settings: those of its file, and over them those of the command line. */
type Asked = SweepFile & { name?: string; texts: Record<string, string> };

function settingsOf(given: string, values: Values): Asked {
  const texts = splitArguments(values.p ?? []);
  const own = {
    quick: values.quick,
    sample: sampleMethod(values.sample),
    rows: wholeNumber("--rows", values.rows, 1),
    sampleSeed: wholeNumber("--sample-seed", values["sample-seed"], -Infinity),
    threads: wholeNumber("--threads", values.threads, 1),
    memory: wholeNumber("--memory", values.memory, 1),
    atOnce: wholeNumber("--at-once", values["at-once"], 1),
    timeout: readTimeout(values.timeout),
    ...{ metric: values.metric, least: values.least, name: sweepName(values.name) },
  };
  const said = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  if (!/\.ya?ml$/i.test(given)) return { notebook: notebookAt(given), parameters: {}, texts, ...said };
  if (!fs.existsSync(given))
    throw new UsageError(`There is no file ${given}; give the path of a sweep file or a notebook`);
  const file = loadSweepFile(given);
  const name = path.basename(given).replace(/\.ya?ml$/i, "");
  return { name, ...file, notebook: notebookAt(file.notebook, path.dirname(given)), texts, ...said };
}

/** A notebook by its path, or a lesson by its number. */
function notebookAt(given: string, folder = "."): string {
  if (/^\d+$/.test(given)) return findLessons([given])[0];
  const file = path.join(folder === "." ? "" : folder, given);
  const found = path.isAbsolute(given) ? given : file;
  if (!fs.statSync(found, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(
      `There is no notebook ${found}; give the path of a notebook, a lesson's number or a .yaml file`,
    );
  return found;
}

function plan(asked: Asked): Sweep {
  const { notebook, name, texts, parameters, quick, sample, rows, sampleSeed, metric, least } = asked;
  if (sample && rows === undefined)
    throw new UsageError(`A ${sample} sample needs its size; give --rows, as in --rows 20`);
  if (!sample && rows !== undefined)
    throw new UsageError(`--rows is the size of a sample; give --sample random or --sample sobol too`);
  const shared = quick ? quickParameters(loadNotebook(notebook)) : {};
  const planned = planSweep({
    ...{ notebook, name, texts, shared, values: parameters },
    sample: sample && { method: sample, rows: rows!, seed: sampleSeed },
  });
  return { ...planned, ...(metric !== undefined && { metric }), ...(least && { isLeastBest: true }) };
}

/** Runs what is left of a sweep; resolves to how far its rows are then. */
async function runRows(planned: Sweep, asked: Asked, fresh: boolean): Promise<RowState[]> {
  const runs = path.join(projectRoot, "runs");
  const folderOf = ({ id }: SweepRow) => rowFolder(runs, id);
  saveSweep(runs, planned);
  const code = codeVersion(["."]);
  if (fresh) for (const row of planned.rows) forgetRow(folderOf(row));
  const states = firstStates(planned.rows, folderOf);
  const rowMemory = (asked.memory ?? ROW_MEMORY) * 2 ** 20;
  const threads = asked.threads ?? threadsOfRow();
  const needs = { cores: os.availableParallelism(), memory: process.availableMemory(), threads, rowMemory };
  const atOnce = asked.atOnce ?? rowsAtOnce(needs);
  const hurry = new AbortController();
  const signal = abortOnInterrupt({ hurry });
  const how = { notebook: planned.notebook, threads, code, timeout: asked.timeout, signal, hurry: hurry.signal };
  const watch = watchSweep(planned, states, process.stdout);
  watch.log(openingLine(planned, states, Math.min(atOnce, states.length)));
  const older = states.filter(({ row, status }) => status === "kept" && rowCode(folderOf(row)) !== code).length;
  if (older > 0) watch.log(`${older} of the finished rows ran with another version of lib; --fresh runs them again`);
  await runSweep(states, {
    ...{ folderOf, atOnce, signal },
    hasRoom: () => process.availableMemory() >= rowMemory,
    run: (row, at) => runRow(row, how, at),
    onChange: watch.onChange,
  });
  watch.end();
  return states;
}

/** Takes away how a row ended, unless a process runs it. */
function forgetRow(folder: string): void {
  if (!rowHolder(folder)) fs.rmSync(path.join(folder, REPORT), { force: true });
}

function openingLine({ name }: Sweep, states: RowState[], atOnce: number): string {
  const kept = states.filter(({ status }) => status === "kept").length;
  const left = states.length - kept;
  if (left === 0) return `${name}: all ${states.length} rows are finished already`;
  const before = kept > 0 ? `${kept} of ${states.length} rows are finished already, ${left} left` : `${left} rows`;
  return `${name}: ${before}, ${atOnce} at a time`;
}

function report({ name, varied }: Sweep, states: RowState[]): number {
  const failed = states.filter(({ status }) => status === "failed");
  for (const { row } of failed.slice(0, MOST_FAILED))
    console.log(
      `${rowTitle(row, varied)} failed: see ${shownPath(path.join(rowFolder(path.join(projectRoot, "runs"), row.id), LOG))}`,
    );
  const isWhole = states.every(({ status }) => status === "ok" || status === "kept");
  console.log(countsOf(states));
  console.log(isWhole ? `npm run runs -- --sweep ${name} draws them` : "the same command again runs what is left");
  return isWhole ? 0 : 1;
}

const MOST_FAILED = 10; // failed rows that are named

function threadsOfRow(): number {
  return wholeNumber("ATELIER_THREADS", process.env.ATELIER_THREADS || undefined) ?? 1;
}

function sampleMethod(text: string | undefined): SampleMethod | undefined {
  if (text === undefined || text === "random" || text === "sobol") return text;
  throw new UsageError(`--sample is "${text}"; give random or sobol`);
}

function sweepName(text: string | undefined): string | undefined {
  if (text === undefined || /^[\w][\w.-]*$/.test(text)) return text;
  throw new UsageError(`--name is "${text}"; give letters, digits, dots, dashes and underscores`);
}

function wholeNumber(flag: string, text: string | undefined, least = 1): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`${flag} is "${text}"; give a whole number${least > 0 ? ` from ${least}` : ""}`);
}
