import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metric } from "../runner/metrics";
import { isRecord } from "../runner/notebook";

/** How a row ended. */
export interface RowResult {
  status: "ok" | "failed" | "interrupted";
  /** When it began, in ms since 1970; undefined where the report does not say. */
  started?: number;
  seconds: number;
  metrics: Record<string, Metric>;
  /** Numbers of each epoch that were recorded, by name; undefined where there are none. */
  curves?: Record<string, number[]>;
  /** What went wrong, in one line. */
  error?: string;
}

/** The file in a row's folder that says how its notebook or its script ran. */
export const REPORT = "report.json";

/** The file in a row's folder that holds what was printed. */
export const LOG = "log.txt";

/** Reads how a row ended; undefined where it has not. */
export function readRowResult(folder: string): RowResult | undefined {
  try {
    const report: unknown = JSON.parse(readFileSync(join(folder, REPORT), "utf8"));
    const { notebooks, scripts } = isRecord(report) ? report : {};
    const [subject] = [notebooks, scripts].flatMap((ran) => (Array.isArray(ran) ? ran : []));
    return isRecord(subject) ? toResult(subject) : undefined;
  } catch {
    return undefined; // it has not run, or the file is cut short
  }
}

function toResult({
  status,
  started,
  seconds,
  metrics,
  curves,
  error,
}: Record<string, unknown>): RowResult | undefined {
  if (status !== "ok" && status !== "failed" && status !== "interrupted") return undefined;
  if (typeof seconds !== "number" || !isRecord(metrics)) return undefined;
  const { ename, evalue } = isRecord(error) ? error : {};
  const [first] = String(evalue).split("\n");
  const why = ename === undefined ? {} : { error: first === "" ? String(ename) : `${ename}: ${first}` };
  const when = typeof started === "string" ? { started: Date.parse(started) } : {};
  const drawn = isRecord(curves) && Object.keys(curves).length > 0 ? { curves: curves as RowResult["curves"] } : {};
  return { status, ...when, seconds, metrics: metrics as RowResult["metrics"], ...drawn, ...why };
}

/** Why a process that left no report has ended, in one line: the last that it printed, or else how it ended. */
export function lastWords(folder: string, how: number | string): string {
  const ended = typeof how === "number" ? `exit code ${how}` : `ended by ${how}`;
  try {
    const lines = readFileSync(join(folder, LOG), "utf8").trimEnd().split("\n");
    return [ended, lines[lines.length - 1].trim()].filter(Boolean).join(": ");
  } catch {
    return ended;
  }
}
