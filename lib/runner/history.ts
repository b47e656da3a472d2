import { existsSync, mkdirSync, readdirSync, readFileSync } from "fs";
import { join } from "path";
import { replaceFile, shownPath } from "../files";
import { type Metric, shownMetric } from "./metrics";
import { isRecord } from "./notebook";
import type { RunResult } from "./runNotebook";

/** What `summary.json` keeps of a lesson's run. */
export interface LessonSummary {
  /** Within the project from its root, elsewhere whole. */
  file: string;
  status: "ok" | "failed";
  seconds: number;
  cells: number;
  parameters: Record<string, unknown>;
  metrics: Record<string, Metric>;
  /** Epochs that were taken from an earlier run's training; missing in summaries of older versions, as the backend is. */
  reusedEpochs?: number;
  backend?: string;
}

/** A run of one or more lessons, by the name of its folder, which is its time. */
export interface PastRun {
  time: string;
  folder: string;
  lessons: LessonSummary[];
}

/**
 * Makes a folder for a run under `runs`, named after the local time so that names sort and are legal on Windows:
 * `2026-11-22T04-14-12`, with `-2` and so on after it where that is taken. Returns its path.
 */
export function newRunFolder(runs: string, date = new Date()): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  const name = local.toISOString().slice(0, 19).replace(/:/g, "-");
  mkdirSync(runs, { recursive: true });
  for (let copy = 1; ; copy++) {
    const folder = join(runs, copy === 1 ? name : `${name}-${copy}`);
    if (made(folder)) return folder;
  }
}

/** Writes `summary.json` into a run's folder; an interrupted lesson counts as failed. Returns the file's path. */
export function writeSummary(folder: string, lessons: RunResult[]): string {
  const summaries = lessons.map(({ file, status, seconds, cells, parameters, metrics, ...facts }): LessonSummary => {
    const { reusedEpochs, backend } = facts;
    const how = { seconds, cells, parameters, metrics, reusedEpochs, ...(backend && { backend }) };
    return { file: shownPath(file), status: status === "ok" ? "ok" : "failed", ...how };
  });
  const path = join(folder, "summary.json");
  replaceFile(path, JSON.stringify({ lessons: summaries }, null, 2) + "\n");
  return path;
}

/** All runs under `runs`, oldest first, and a note on each whose summary cannot be read. */
export function readRuns(runs: string): { runs: PastRun[]; notes: string[] } {
  const found: PastRun[] = [];
  const notes: string[] = [];
  for (const time of existsSync(runs) ? readdirSync(runs).sort() : []) {
    const folder = join(runs, time);
    const path = join(folder, "summary.json");
    if (!existsSync(path)) continue;
    const lessons = lessonsIn(path);
    if (lessons) found.push({ time, folder, lessons });
    else notes.push(`${path} is not a summary of a run; passed over`);
  }
  return { runs: found, notes };
}

/**
 * A table of runs, a line a lesson: time, lesson, what its parameters were, what it recorded, how long it took. Where
 * that is wider than the terminal, each lesson has a line for itself and below it its parameters and results, folded.
 *
 * @param width - characters of a line at most; default no limit
 */
export function formatRuns(runs: PastRun[], width = Infinity): string {
  const rows = runs.flatMap(({ time, lessons }) => lessons.map((lesson) => rowOf(time, lesson)));
  if (rows.length === 0) return "No runs yet: npm start makes the first one.";
  const wide = formatTable([["time", "lesson", "parameters", "results", "minutes"], ...rows.map(withCutSettings)]);
  if (wide.split("\n").every((line) => line.length <= width)) return wide;
  return rows
    .map(([time, lesson, settings, results, minutes]) => {
      const folded = [settings, results].flatMap((text) => fold(text, width - 2)).map((line) => `  ${line}`);
      return [...fold(`${time}  ${lesson}  ${minutes} min`, width), ...folded].join("\n");
    })
    .join("\n");
}

/** Rows of cells as text in columns two spaces apart, under the first row as the head; the last column is of numbers. */
export function formatTable([head, ...rows]: string[][]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row: string[]) =>
    row
      .map((text, column) => (column === row.length - 1 ? text.padStart(widths[column]) : text.padEnd(widths[column])))
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

const WIDEST = 48; // characters of a column; longer text is cut
const HEADLINES = 6; // recorded values a line shows

function made(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function lessonsIn(path: string): LessonSummary[] | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isRecord(json) && Array.isArray(json.lessons) && json.lessons.every(isSummary) ? json.lessons : undefined;
  } catch {
    return undefined;
  }
}

function isSummary(value: unknown): value is LessonSummary {
  if (!isRecord(value) || !isRecord(value.parameters) || !isRecord(value.metrics)) return false;
  return typeof value.file === "string" && typeof value.status === "string" && typeof value.seconds === "number";
}

function rowOf(time: string, { file, status, seconds, parameters, metrics }: LessonSummary): string[] {
  const lesson = file.replace(/^.*[\\/]/, "").replace(/\.ipynb$/, "");
  const settings = Object.entries(parameters).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const results = Object.entries(metrics).slice(0, HEADLINES);
  const scores = results.map(([name, value]) => `${name} ${shownMetric(value)}`).join(", ");
  const failed = status === "ok" ? [] : ["failed"];
  const minutes = (seconds / 60).toFixed(1);
  return [time, lesson, settings.join(" "), [...failed, scores].filter(Boolean).join(": "), minutes];
}

function withCutSettings([time, lesson, settings, ...rest]: string[]): string[] {
  return [time, lesson, cut(settings), ...rest];
}

/** Lines of a text, broken at spaces; a word that is longer than a line stays whole. */
function fold(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.filter((line) => line !== "");
}

function cut(text: string): string {
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
}
