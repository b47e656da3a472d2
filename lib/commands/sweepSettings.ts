import * as fs from "node:fs";
import * as path from "node:path";
import { splitArguments } from "../runner/parameters/readTexts";
import { loadNotebook } from "../runner/parseNotebook";
import { ENGINE_SETTINGS, type EngineName, ENGINES, isEngineName } from "../sweep/engines/engines";
import { checkSbatchWords } from "../sweep/engines/slurm/slurmSettings";
import { type Halving, readHalving } from "../sweep/halving";
import { isScript, loadSubject } from "../sweep/loadSubject";
import { loadSweepFile, type SweepFile } from "../sweep/loadSweepFile";
import { parameterPlaces, type PlaceOf } from "../sweep/parameterPlaces";
import { planSweep } from "../sweep/planSweep";
import type { SampleMethod } from "../sweep/sampleRows";
import type { Sweep } from "../sweep/sweepFolder";
import { newPath } from "./givenPath";
import { findLessons, quickParameters } from "./lessons";
import { readTimeout } from "./runOptions";
import { type readArguments, UsageError } from "./usage";

/** The options of `npm run sweep`. */
export const SWEEP_OPTIONS = {
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
  engine: { type: "string" },
  partition: { type: "string" },
  sbatch: { type: "string" },
  detach: { type: "boolean" },
  redis: { type: "string" },
  results: { type: "string" },
  halve: { type: "string" },
  keep: { type: "string" },
  metric: { type: "string" },
  least: { type: "boolean" },
  fresh: { type: "boolean" },
  "dry-run": { type: "boolean" },
} as const;

/** The values of these options. */
export type SweepValues = ReturnType<
  typeof readArguments<{ options: typeof SWEEP_OPTIONS; allowPositionals: true }>
>["values"];

/** A sweep's settings: those of its file, and over them those of the command line. */
export type SweepSettings = SweepFile & {
  name?: string;
  detach?: boolean;
  texts: Record<string, string>;
  /** Where the file has a parameter. */
  placeOf?: PlaceOf;
};

/** Reads them. */
export function readSweepSettings(given: string, values: SweepValues): SweepSettings {
  const settings = mergedSettings(given, values);
  for (const [name, engine] of Object.entries(ENGINE_SETTINGS))
    if (Object.hasOwn(settings, name) && settings.engine !== engine)
      throw new UsageError(
        `${name} is a setting of the engine ${engine}; give --engine ${engine} too, or leave it out`,
      );
  if (settings.sbatch !== undefined) checkSbatchWords(settings.sbatch);
  if (settings.detach && settings.halve !== undefined)
    throw new UsageError("A halving needs this command to the end, for it chooses the rows; leave --detach out");
  return settings;
}

function mergedSettings(given: string, values: SweepValues): SweepSettings {
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
    engine: engineName(values.engine),
    ...{ partition: values.partition, sbatch: values.sbatch, detach: values.detach },
    keep: wholeNumber("--keep", values.keep, 2),
    ...{ redis: values.redis, results: values.results && placeFrom(values.results) },
    ...{ halve: values.halve, metric: values.metric, least: values.least, name: sweepName(values.name) },
  };
  const said = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  if (!/\.ya?ml$/i.test(given)) return { notebook: notebookAt(given), parameters: {}, texts, ...said };
  if (!fs.existsSync(given))
    throw new UsageError(`There is no file ${given}; give the path of a sweep file or a notebook`);
  const file = loadSweepFile(given);
  const name = path.basename(given).replace(/\.ya?ml$/i, "");
  const folder = path.dirname(given);
  const notebook = notebookAt(file.notebook, folder);
  const results = file.results && placeFrom(file.results, folder);
  const placeOf = parameterPlaces(given, fs.readFileSync(given, "utf8"));
  return { name, ...file, ...(results && { results }), notebook, texts, placeOf, ...said };
}

/** A place for results: a path from this folder, by default where npm was called, or an address. */
export function placeFrom(given: string, folder = newPath(".")): string {
  return given.startsWith("s3://") ? given : path.resolve(folder, given);
}

/** A notebook or a script by its path, or a lesson by its number. */
function notebookAt(given: string, folder = "."): string {
  if (/^\d+$/.test(given)) return findLessons([given])[0];
  const file = path.join(folder === "." ? "" : folder, given);
  const found = path.isAbsolute(given) ? given : file;
  if (!fs.statSync(found, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(
      `There is no ${isScript(found) ? "script" : "notebook"} ${found}; give the path of a notebook, a lesson's number or a .yaml file`,
    );
  return found;
}

/** The rows that they ask for, those of the first budget where they are halved. */
export function planOf(asked: SweepSettings): { planned: Sweep; halving?: Halving } {
  const { notebook, name, texts, parameters, placeOf, quick, sample, rows, sampleSeed, metric, least } = asked;
  if (sample && rows === undefined)
    throw new UsageError(`A ${sample} sample needs its size; give --rows, as in --rows 20`);
  if (!sample && rows !== undefined)
    throw new UsageError(`--rows is the size of a sample; give --sample random or --sample sobol too`);
  if (isScript(notebook)) refuseForScript(asked);
  const halving = halvingOf(asked);
  const own = quick ? quickParameters(loadNotebook(notebook)) : {};
  const shared = halving ? { ...own, [halving.budget]: halving.budgets[0] } : own;
  const planned = planSweep({
    ...{ notebook, name, texts, shared, values: parameters, placeOf },
    sample: sample && { method: sample, rows: rows!, seed: sampleSeed },
  });
  const varied = halving ? [...planned.varied, halving.budget] : planned.varied;
  const ranking = { ...(metric !== undefined && { metric }), ...(least && { isLeastBest: true }) };
  return { planned: { ...planned, varied, ...ranking }, halving };
}

/** Refuses what only notebooks have. */
function refuseForScript({ notebook, quick, timeout }: SweepSettings): void {
  if (quick) throw new UsageError(`--quick takes the small parameters of a notebook; the script ${notebook} has none`);
  if (timeout === undefined) return;
  throw new UsageError(`--timeout is the longest that a notebook's cell may take; the script ${notebook} has none`);
}

function halvingOf({ notebook, halve, keep, metric, texts, parameters }: SweepSettings): Halving | undefined {
  if (halve === undefined && keep === undefined) return undefined;
  if (halve === undefined) throw new UsageError("--keep says how many rows a halving keeps; give --halve too");
  if (metric === undefined)
    throw new UsageError("A halving drops the rows with the worst score; give --metric NAME too");
  const halving = readHalving(loadSubject(notebook).parameters, halve, keep ?? 3);
  const { budget } = halving;
  if (!Object.hasOwn(texts, budget) && !Object.hasOwn(parameters, budget)) return halving;
  throw new UsageError(`The parameter ${budget} is the budget of the halving; leave its other values out`);
}

/** `ATELIER_THREADS`, or 1. */
export function threadsOfRow(): number {
  return wholeNumber("ATELIER_THREADS", process.env.ATELIER_THREADS || undefined) ?? 1;
}

function sampleMethod(text: string | undefined): SampleMethod | undefined {
  if (text === undefined || text === "random" || text === "sobol") return text;
  throw new UsageError(`--sample is "${text}"; give random or sobol`);
}

function engineName(text: string | undefined): EngineName | undefined {
  if (text === undefined || isEngineName(text)) return text;
  throw new UsageError(`--engine is "${text}"; give ${Object.keys(ENGINES).join(" or ")}`);
}

/** The name of a sweep, or of a worker. */
export function sweepName(text: string | undefined): string | undefined {
  if (text === undefined || /^[\w][\w.-]*$/.test(text)) return text;
  throw new UsageError(`--name is "${text}"; give letters, digits, dots, dashes and underscores`);
}

/** A whole number out of an option; undefined where it was not given. */
export function wholeNumber(flag: string, text: string | undefined, least = 1): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`${flag} is "${text}"; give a whole number${least > 0 ? ` from ${least}` : ""}`);
}
