import * as path from "node:path";
import { formatTable, newRunFolder, writeSummary } from "../runner/history";
import { shownMetric } from "../runner/metrics";
import { readParameters } from "../runner/parameters/readParameters";
import { loadNotebook } from "../runner/parseNotebook";
import { prepareNotebook } from "../runner/prepareNotebook";
import { streamProgress } from "../runner/progress";
import { runNotebook, type RunResult } from "../runner/runNotebook";
import { duration } from "../text";
import { abortOnInterrupt } from "./abortOnInterrupt";
import { type GivenParameters, readGiven, valuesFor } from "./givenParameters";
import { findLessons } from "./lessons";
import { RUN_HELP, RUN_OPTIONS, readTimeout } from "./runOptions";
import { RUNS } from "./runsFolder";
import { orUsageError, readArguments } from "./usage";
import { writeReports } from "./writeReports";

const HELP = `Usage: npm start [-- [LESSON …] [--quick] [--fresh] [-p name=value …] [-f FILE]]

Runs the lessons headless through the tslab kernel and leaves executed notebooks, HTML pages and summary.json in
runs/<time>/. Without a LESSON (00, 01, …) it runs all of them; lesson 03 then trains its short recipe, and the longer one
when it is named. It ends with 0 when every cell was fine, 1 when one failed, 2 for a wrong request.

  --quick            small parameters: less than a minute a lesson, scores mean nothing
  --fresh            trains again what an earlier run trained already
${RUN_HELP}

A parameter is set in the lessons that have it.`;

const OPTIONS = { ...RUN_OPTIONS, fresh: { type: "boolean" } } as const;

/** `npm start`: the main job. */
export async function start(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  const together = positionals.length === 0;
  const lessons = orUsageError(() => planLessons(findLessons(positionals), { ...values, together }));
  const cellTimeout = readTimeout(values.timeout);
  const folder = newRunFolder(RUNS);
  const hurry = new AbortController();
  const signal = abortOnInterrupt({ hurry });
  const settings = {
    signal,
    hurry: hurry.signal,
    cellTimeout,
    allowErrors: values["allow-errors"],
    ...streamProgress(process.stdout),
  };
  const results: RunResult[] = [];
  for (const { file, parameters } of lessons) {
    const name = path.basename(file, ".ipynb");
    console.log(`\n${name}`);
    const output = path.join(folder, `${name}.ipynb`);
    const html = path.join(folder, `${name}.html`);
    results.push(await runNotebook(file, { output, html, parameters, ...settings }));
    writeSummary(folder, results);
    if (signal.aborted) break;
  }
  report(folder, results);
  writeReports(results, values);
  return results.every(({ status }) => status === "ok") ? 0 : 1;
}

type Choices = Parameters<typeof readGiven>[0] & { quick?: boolean; fresh?: boolean; together: boolean };

/** The lessons, each with the parameters that it has; what does not fit is refused before anything runs. */
function planLessons(files: string[], { quick, fresh, together, ...given }: Choices) {
  const { texts, values } = readGiven(given);
  const lessons = files.map((file) => ({ file, notebook: loadNotebook(file) }));
  const known = new Set(lessons.flatMap(({ notebook }) => readParameters(notebook).map(({ name }) => name)));
  for (const name of Object.keys({ ...values, ...texts }))
    if (!known.has(name))
      throw new RangeError(`There is no parameter "${name}" in these lessons; they have ${[...known].join(", ")}`);
  return lessons.map(({ file, notebook }) => {
    const names = readParameters(notebook).map(({ name }) => name);
    const own: GivenParameters = { texts: only(names, texts), values: only(names, values) };
    const parameters = {
      ...valuesFor(notebook, own, { quick, together }),
      ...(fresh && names.includes("fresh") && { fresh: true }),
    };
    prepareNotebook(file, { parameters });
    return { file, parameters };
  });
}

function only<T>(names: string[], values: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

function report(folder: string, results: RunResult[]): void {
  const rows = results.flatMap(({ file, status, cells, seconds, metrics }) => {
    const numbers = Object.entries(metrics).map(([name, value]) => `${name} ${shownMetric(value)}`);
    const [first = "", ...more] = inLines(numbers);
    const row = [path.basename(file, ".ipynb"), status, first, String(cells), duration(seconds * 1000)];
    return [row, ...more.map((line) => ["", "", line, "", ""])];
  });
  console.log(`\n${formatTable([["lesson", "status", "numbers", "cells", "time"], ...rows])}\n`);
  for (const { file, reusedEpochs } of results) if (reusedEpochs > 0) console.log(reuseNote(file, reusedEpochs));
  const pages = results.flatMap(({ html }) => html ?? []);
  for (const page of pages) console.log(`open ${path.relative(process.cwd(), page)}`);
  console.log(`all of it: ${path.relative(process.cwd(), folder)}${path.sep}`);
}

function reuseNote(file: string, epochs: number): string {
  const were = epochs === 1 ? "1 epoch was" : `${epochs} epochs were`;
  return `${path.basename(file, ".ipynb")}: ${were} taken from an earlier run; -- --fresh trains again`;
}

const NUMBERS_OF_A_LINE = 3;

function inLines(numbers: string[]): string[] {
  const count = Math.ceil(numbers.length / NUMBERS_OF_A_LINE);
  return Array.from({ length: count }, (_, line) =>
    numbers.slice(line * NUMBERS_OF_A_LINE, (line + 1) * NUMBERS_OF_A_LINE).join(", "),
  );
}
