import { duration, shownNumber } from "../text";
import type { Comparison } from "./compareRuns";
import { formatTable } from "./history";
import { type Metric, shownMetric } from "./metrics";

/** The lines of a comparison, a column for each run: what differs, the recorded values with their difference, the time. */
export function comparisonRows(comparison: Comparison): string[][] {
  const { parameters, metrics, seconds, status, reusedEpochs, backend } = comparison;
  const all = <T>(values: T[], show: (value: T) => string) => values.map(show);
  const rows = [
    ...Object.entries(parameters).map(([name, values]) => [name, ...all(values, shownParameter)]),
    ...(status.includes("failed") ? [["status", ...status]] : []),
    ...(new Set(backend).size > 1 ? [["backend", ...all(backend, (name) => name ?? "")]] : []),
    ...(reusedEpochs.some(Boolean) ? [["epochs not trained again", ...all(reusedEpochs, String)]] : []),
    ...Object.entries(metrics).map(([name, values]) => [name, ...withDifferences(values)]),
    ["time", ...all(seconds, (value) => duration(value * 1000))],
  ];
  return rows;
}

/** A comparison as text for a terminal: the last runs, as many as have room, and beside each number its course over all. */
export function formatComparison(comparison: Comparison): string {
  const { lesson, runs } = comparison;
  const hidden = Math.max(0, runs.length - MOST_COLUMNS);
  const visible = <T>(row: T[]) => row.filter((_, column) => column === 0 || column > hidden);
  const series: Record<string, (Metric | null)[]> = { ...comparison.metrics, time: comparison.seconds };
  const course = (name: string) => (runs.length > 2 ? [sparkline(series[name] ?? [])] : []);
  const rows = comparisonRows(comparison).map((row) => [...visible(row), ...course(row[0])]);
  const head = [...visible(["", ...runs.map(shortName(runs))]), ...(runs.length > 2 ? ["course"] : [])];
  const note = hidden > 0 ? [`${hidden} earlier runs are left out here; name those you want to see.`] : [];
  return [lesson, "", formatTable([head, ...rows]), ...note].join("\n");
}

/** Numbers as a row of bars of eight heights; a gap where there is none, nothing where one is no number. */
export function sparkline(values: (Metric | null)[]): string {
  if (!values.every((value) => value === null || typeof value === "number")) return "";
  const numbers = values.filter((value): value is number => typeof value === "number");
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const bar = (value: number) => BARS[most > least ? Math.round(((value - least) / (most - least)) * 7) : 3];
  return values.map((value) => (typeof value === "number" ? bar(value) : " ")).join("");
}

const BARS = "▁▂▃▄▅▆▇█";
const MOST_COLUMNS = 5;

function shownParameter(value: unknown): string {
  return value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
}

/** Each value, and from the second on its difference to the first. */
function withDifferences([first, ...others]: (Metric | null)[]): string[] {
  const shown = (value: Metric | null) => (value === null ? "" : shownMetric(value));
  const beside = others.map((value) => {
    const isNumber = typeof value === "number" && typeof first === "number";
    return isNumber ? `${shown(value)} (${signed(value - first)})` : shown(value);
  });
  return [shown(first), ...beside];
}

function signed(difference: number): string {
  if (difference === 0) return "=";
  const rounded = Number(difference.toPrecision(12)); // 0.3 - 0.1 is 0.2 for people
  return `${rounded > 0 ? "+" : "-"}${shownNumber(Math.abs(rounded))}`;
}

/** A run's name without the day, where all are of the same. */
function shortName(runs: string[]): (name: string) => string {
  const [day] = runs[0].split("T");
  const isOneDay = runs.every((name) => name.startsWith(`${day}T`));
  return (name) => (isOneDay ? name.slice(day.length + 1) : name);
}
