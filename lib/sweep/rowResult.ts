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
  /** What went wrong, in one line. */
  error?: string;
}

/** The file in a row's folder in which `npm run notebook` says how the notebook ran. */
export const REPORT = "report.json";

/** The file in a row's folder that holds what `npm run notebook` printed. */
export const LOG = "log.txt";

/** Reads how a row ended; undefined where it has not. */
export function readRowResult(folder: string): RowResult | undefined {
  try {
    const report: unknown = JSON.parse(readFileSync(join(folder, REPORT), "utf8"));
    const [notebook] = isRecord(report) && Array.isArray(report.notebooks) ? report.notebooks : [];
    return isRecord(notebook) ? toResult(notebook) : undefined;
  } catch {
    return undefined; // it has not run, or the file is cut short
  }
}

function toResult({ status, started, seconds, metrics, error }: Record<string, unknown>): RowResult | undefined {
  if (status !== "ok" && status !== "failed" && status !== "interrupted") return undefined;
  if (typeof seconds !== "number" || !isRecord(metrics)) return undefined;
  const { ename, evalue } = isRecord(error) ? error : {};
  const why = ename === undefined ? {} : { error: `${ename}: ${String(evalue).split("\n")[0]}` };
  const when = typeof started === "string" ? { started: Date.parse(started) } : {};
  return { status, ...when, seconds, metrics: metrics as RowResult["metrics"], ...why };
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
