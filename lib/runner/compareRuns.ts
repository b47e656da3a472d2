import { basename } from "path";
import type { LessonSummary, PastRun } from "./history";
import type { Metric } from "./metrics";

/** One lesson in several runs. */
export interface Comparison {
  lesson: string;
  /** The runs' names, in the order given; all lists below have a value for each, null where a run has none. */
  runs: string[];
  status: LessonSummary["status"][];
  seconds: number[];
  backend: (string | null)[];
  /** Epochs taken from an earlier run's training. */
  reusedEpochs: number[];
  /** The parameters that differ. */
  parameters: Record<string, unknown[]>;
  /** All recorded values. */
  metrics: Record<string, (Metric | null)[]>;
}

/** Puts the runs of each lesson beside one another, for each lesson that two or more of them hold. */
export function compareRuns(runs: PastRun[]): Comparison[] {
  const lessons = [...new Set(runs.flatMap((run) => run.lessons.map(lessonName)))].sort();
  return lessons.map((lesson) => compareLesson(lesson, runs)).filter((comparison) => comparison.runs.length > 1);
}

/** A lesson's name, from its file. */
export function lessonName({ file }: LessonSummary): string {
  return basename(file.replace(/\\/g, "/"), ".ipynb");
}

function compareLesson(lesson: string, runs: PastRun[]): Comparison {
  const entries = runs.flatMap(({ time, lessons }) => {
    const summary = lessons.find((one) => lessonName(one) === lesson);
    return summary ? [{ time, summary }] : [];
  });
  const summaries = entries.map(({ summary }) => summary);
  const parameters = columns(summaries.map((summary) => summary.parameters));
  const differing = Object.entries(parameters).filter(
    ([, values]) => new Set(values.map((v) => JSON.stringify(v))).size > 1,
  );
  return {
    lesson,
    runs: entries.map(({ time }) => time),
    status: summaries.map(({ status }) => status),
    seconds: summaries.map(({ seconds }) => seconds),
    backend: summaries.map(({ backend = null }) => backend),
    reusedEpochs: summaries.map(({ reusedEpochs = 0 }) => reusedEpochs),
    parameters: Object.fromEntries(differing),
    metrics: columns(summaries.map(({ metrics }) => metrics)),
  };
}

/** Records as a list of values for each name that any of them has. */
function columns<T>(records: Record<string, T>[]): Record<string, (T | null)[]> {
  const names = [...new Set(records.flatMap(Object.keys))];
  return Object.fromEntries(names.map((name) => [name, records.map((record) => record[name] ?? null)]));
}
