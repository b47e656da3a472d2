import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { tryBackend } from "../../lib/commands/backends/tryBackend";
import { valuesFor } from "../../lib/commands/givenParameters";
import { findLessons } from "../../lib/commands/lessons";
import { RUNS } from "../../lib/commands/runsFolder";
import { formatTable, newRunFolder } from "../../lib/runner/history";
import { type Metric, shownMetric } from "../../lib/runner/metrics";
import type { Notebook } from "../../lib/runner/notebook";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { streamProgress } from "../../lib/runner/progress";
import { runNotebook } from "../../lib/runner/runNotebook";
import { duration } from "../../lib/text";
import { shownRate } from "../statistics";
import type { Rung } from "./measure";

/** What is run, and how. */
export interface LessonOptions {
  rungs: Rung[];
  /** With the lessons' quick parameters. */
  quick: boolean;
  /** Ends the run: what has ended by then is returned. */
  signal: AbortSignal;
}

/** How a lesson went on a backend. */
export interface LessonRow {
  lesson: string;
  backend: string;
  status: string;
  seconds: number;
  /** Of the training of its network, with what is validated and drawn meanwhile; null where it did not come to that. */
  imagesPerSecond: number | null;
  numbers: Record<string, Metric>;
}

/** Runs lessons 1 and 2 on each backend that is here, with models of its own. The notebooks and pages lie in one folder of runs. */
export async function runLessons({ rungs, quick, signal }: LessonOptions): Promise<LessonRow[]> {
  const models = fs.mkdtempSync(path.join(os.tmpdir(), "atelier-gpu-models-"));
  const progress = streamProgress(process.stderr);
  const folder = newRunFolder(RUNS);
  const rows: LessonRow[] = [];
  try {
    for (const rung of rungs) {
      const trial = await tryBackend({ name: rung, steps: 1 });
      if ("why" in trial) {
        progress.log(`${rung} is left out: ${trial.why}`);
        continue;
      }
      for (const file of findLessons(["1", "2"])) {
        if (signal.aborted) return rows;
        const name = `${path.basename(file, ".ipynb")}-${rung}`;
        const output = path.join(folder, `${name}.ipynb`);
        const html = path.join(folder, `${name}.html`);
        const parameters = valuesFor(loadNotebook(file), { texts: {}, values: {} }, { quick });
        const env = { ATELIER_BACKEND: rung, ATELIER_MODELS: path.join(models, rung) };
        progress.log(`\n${name}`);
        const { status, seconds, metrics } = await runNotebook(file, {
          output,
          html,
          parameters,
          env,
          signal,
          ...progress,
        });
        const imagesPerSecond = trainingRate(loadNotebook(output));
        rows.push({ lesson: path.basename(file, ".ipynb"), backend: rung, status, seconds, imagesPerSecond, numbers: metrics }); // prettier-ignore
      }
    }
  } finally {
    fs.rmSync(models, { recursive: true });
  }
  return rows;
}

const EPOCH = /^Epoch (\d+)\/\d+ +(\d+)\/\2 - /gm;
const BATCH = 32;

/** Images a second in the first cell that prints epochs, by the time that the runner has noted of it. */
export function trainingRate({ cells }: Notebook): number | null {
  for (const { outputs, metadata } of cells) {
    const printed = outputs.map((output) => ("text" in output ? output.text : "")).join("");
    const steps = [...printed.matchAll(EPOCH)].reduce((sum, [, , count]) => sum + Number(count), 0);
    if (steps > 0) return (steps * BATCH) / (metadata.papermill as { duration: number }).duration;
  }
  return null;
}

export function formatLessons(rows: LessonRow[]): string {
  const lines = rows.map(({ lesson, backend, status, imagesPerSecond, seconds, numbers }) => {
    const scores = Object.entries(numbers).map(([name, value]) => `${name} ${shownMetric(value)}`);
    return [
      lesson,
      backend,
      status,
      shownRate(imagesPerSecond),
      duration(seconds * 1000),
      scores.slice(0, 3).join(", "),
    ];
  });
  return formatTable([["lesson", "backend", "status", "images a second", "time", "numbers"], ...lines]);
}
