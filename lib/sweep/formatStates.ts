import { shownMetric } from "../runner/metrics";
import { duration } from "../text";
import type { RowValues } from "./gridRows";
import type { RowState } from "./runSweep";
import type { Sweep, SweepRow } from "./sweepFolder";

/** What of a row differs from others, as a command line has it: `seed=3 learningRate=0.01`. */
export function rowTitle({ parameters }: SweepRow, varied: readonly string[]): string {
  const names = varied.length > 0 ? varied : Object.keys(parameters);
  return names.map((name) => `${name}=${shownValue(parameters, name)}`).join(" ");
}

/** One line on a row that has ended. */
export function endedLine({ row, status, result, error }: RowState, { varied, rows }: Sweep, ended: number): string {
  const place = `[${String(ended).padStart(String(rows.length).length)}/${rows.length}] ${rowTitle(row, varied)}`;
  const numbers = Object.entries(result?.metrics ?? {}).slice(0, HEADLINES);
  const words = numbers.map(([name, value]) => `${name} ${shownMetric(value)}`).join(", ");
  const how =
    status === "ok" ? "" : [status === "kept" ? "by another process" : status, error].filter(Boolean).join(": ");
  return [place, how, words, result && duration(result.seconds * 1000)].filter(Boolean).join("  ");
}

/** The living lines: the rows that run, and how many are where. */
export function livingLines(states: readonly RowState[], { varied }: Sweep, now = Date.now()): string[] {
  const running = states.filter(({ status }) => status === "running");
  const lines = running.slice(0, MOST_RUNNING).map(({ row, since = now, place }) => {
    const where = place ? ` on ${place}` : "";
    return `  ${rowTitle(row, varied)}  … ${duration(Math.max(0, now - since))}${where}`;
  });
  const hidden = running.length > MOST_RUNNING ? [`  and ${running.length - MOST_RUNNING} more`] : [];
  return [
    ...lines,
    ...hidden,
    ...waitingLines(states),
    [countsOf(states), timeLeft(states, now)].filter(Boolean).join(", "),
  ];
}

/** How many rows are where: "60 rows: 58 finished, 2 failed". */
export function countsOf(states: readonly RowState[]): string {
  const count = (...wanted: RowState["status"][]) => states.filter(({ status }) => wanted.includes(status)).length;
  const parts: [number, string][] = [
    [count("ok", "kept"), "finished"],
    [count("failed"), "failed"],
    [count("running"), "running"],
    [count("elsewhere"), "in another process"],
    [count("waiting", "interrupted"), "left"],
  ];
  return `${rowsInWords(states.length)}: ${parts.flatMap(([number, what]) => (number > 0 ? [`${number} ${what}`] : [])).join(", ")}`;
}

/** "1 row", "3 rows". */
export function rowsInWords(count: number): string {
  return count === 1 ? "1 row" : `${count} rows`;
}

const HEADLINES = 4; // recorded values a line shows
const MOST_RUNNING = 16; // rows that run, a line for each

/** Why rows wait, where their engine says it. */
function waitingLines(states: readonly RowState[]): string[] {
  const counts = new Map<string, number>();
  for (const { status, place } of states)
    if (status === "waiting" && place) counts.set(place, (counts.get(place) ?? 0) + 1);
  return Array.from(counts, ([place, count]) => `  ${rowsInWords(count)} waiting: ${place}`);
}

/** By the mean time of the rows that ended, and how many run. */
function timeLeft(states: readonly RowState[], now: number): string {
  const seconds = states.flatMap(({ status, result }) => (status === "ok" && result ? [result.seconds] : []));
  const running = states.filter(({ status }) => status === "running");
  const left = states.filter(({ status }) => status === "waiting").length;
  if (seconds.length === 0 || running.length + left === 0) return "";
  const mean = (1000 * seconds.reduce((sum, value) => sum + value, 0)) / seconds.length;
  const begun = running.map(({ since = now }) => Math.max(0, mean - (now - since)));
  const rest = begun.reduce((sum, value) => sum + value, mean * left) / Math.max(1, running.length);
  return `about ${duration(rest)} to go`;
}

function shownValue(parameters: RowValues, name: string): string {
  const value = parameters[name];
  return typeof value === "string" ? value : JSON.stringify(value);
}
