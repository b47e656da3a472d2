import * as path from "node:path";
import { projectRoot } from "../files";
import { shownMetric } from "../runner/cellOutputs";
import { formatTable, newRunFolder, writeSummary } from "../runner/history";
import { loadNotebook } from "../runner/parseNotebook";
import { fitParameters, parseParameterArguments, readParameters } from "../runner/parameters";
import { streamProgress } from "../runner/progress";
import { runNotebook, type RunResult } from "../runner/runNotebook";
import { duration } from "../text";
import { abortOnInterrupt } from "./abortOnInterrupt";
import { findLessons, quickParameters } from "./lessons";
import { orUsageError, readArguments } from "./usage";

const HELP = `Usage: npm start [-- [LESSON …] [--quick] [--fresh] [-p name=value …]]

Runs the lessons headless through the tslab kernel and leaves executed notebooks, HTML pages and summary.json in
runs/<time>/. Without a LESSON (01, 02, …) it runs all of them.

  --quick        small parameters: less than a minute a lesson, scores mean nothing
  --fresh        trains again what an earlier run trained already
  -p name=value  sets a parameter of the lessons that have it, as in -p epochs=3`;

const OPTIONS = {
  quick: { type: "boolean" },
  fresh: { type: "boolean" },
  p: { type: "string", short: "p", multiple: true },
} as const;

/** `npm start`: the main job. */
export async function start(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  const lessons = orUsageError(() => findLessons(positionals).map((file) => planLesson(file, values)));
  const folder = newRunFolder(path.join(projectRoot, "runs"));
  const signal = abortOnInterrupt();
  const results: RunResult[] = [];
  for (const { file, parameters } of lessons) {
    const name = path.basename(file, ".ipynb");
    console.log(`\n${name}`);
    const output = path.join(folder, `${name}.ipynb`);
    const html = path.join(folder, `${name}.html`);
    results.push(await runNotebook(file, { output, html, parameters, signal, ...streamProgress(process.stdout) }));
    writeSummary(folder, results);
    if (signal.aborted) break;
  }
  report(folder, results);
  return results.every(({ status }) => status === "ok") ? 0 : 1;
}

/** A lesson and its parameters; one that does not fit is refused before anything runs. */
function planLesson(file: string, { quick, fresh, p = [] }: { quick?: boolean; fresh?: boolean; p?: string[] }) {
  const notebook = loadNotebook(file);
  const parameters = {
    ...(quick && quickParameters(notebook)),
    ...(fresh && { fresh: true }),
    ...parseParameterArguments(p),
  };
  fitParameters(readParameters(notebook), parameters, () => {});
  return { file, parameters };
}

function report(folder: string, results: RunResult[]): void {
  const rows = results.flatMap(({ file, status, cells, seconds, metrics }) => {
    const numbers = Object.entries(metrics).map(([name, value]) => `${name} ${shownMetric(value)}`);
    const [first = "", ...more] = inLines(numbers);
    const row = [path.basename(file, ".ipynb"), status, first, String(cells), duration(seconds * 1000)];
    return [row, ...more.map((line) => ["", "", line, "", ""])];
  });
  console.log(`\n${formatTable([["lesson", "status", "numbers", "cells", "time"], ...rows])}\n`);
  const pages = results.flatMap(({ html }) => html ?? []);
  for (const page of pages) console.log(`open ${path.relative(process.cwd(), page)}`);
  console.log(`all of it: ${path.relative(process.cwd(), folder)}${path.sep}`);
}

const NUMBERS_OF_A_LINE = 3;

function inLines(numbers: string[]): string[] {
  const count = Math.ceil(numbers.length / NUMBERS_OF_A_LINE);
  return Array.from({ length: count }, (_, line) =>
    numbers.slice(line * NUMBERS_OF_A_LINE, (line + 1) * NUMBERS_OF_A_LINE).join(", "),
  );
}
