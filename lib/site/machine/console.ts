/// <reference lib="dom" />
import { format, formatWithOptions, inspect } from "node:util";

let indent = "";
const counts = new Map<string, number>();
const started = new Map<string, number>();

const write = (name: "stdout" | "stderr", text: string) =>
  void process[name].write(`${indent}${text.replaceAll("\n", `\n${indent}`)}\n`);
const out = (...all: unknown[]) => write("stdout", format(...all));
const err = (...all: unknown[]) => write("stderr", format(...all));
const passed = (label: string) => `${label}: ${(performance.now() - (started.get(label) ?? 0)).toFixed(3)}ms`;

/** Prints as Node's console does, on `process.stdout` and `process.stderr`. */
export const console = {
  ...{ log: out, info: out, debug: out, error: err, warn: err },
  trace: (...all: unknown[]) => err(new Error(format(...all)).stack?.replace(/^Error/, "Trace")),
  dir: (value: unknown, options: object = {}) => out(inspect(value, { customInspect: false, ...options })),
  dirxml: out,
  assert: (holds: unknown, ...all: unknown[]) => {
    if (!holds) err(all.length > 0 ? `Assertion failed: ${formatWithOptions({}, ...all)}` : "Assertion failed");
  },
  group: (...all: unknown[]) => {
    if (all.length > 0) out(...all);
    indent += "  ";
  },
  groupCollapsed: (...all: unknown[]) => console.group(...all),
  groupEnd: () => void (indent = indent.slice(2)),
  time: (label = "default") => void started.set(label, performance.now()),
  timeLog: (label = "default", ...all: unknown[]) => out(passed(label), ...all),
  timeEnd: (label = "default") => {
    out(passed(label));
    started.delete(label);
  },
  count: (label = "default") => {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    out(`${label}: ${counts.get(label)}`);
  },
  countReset: (label = "default") => void counts.delete(label),
  table: (rows: unknown) => out(drawn(rows)),
  clear: () => {},
};

/** A table of rows as Node draws it. */
function drawn(rows: unknown): unknown {
  if (typeof rows !== "object" || rows === null) return rows;
  const list = Object.entries(rows);
  const isRow = (row: unknown): row is object => typeof row === "object" && row !== null;
  const keys = [...new Set(list.flatMap(([, row]) => (isRow(row) ? Object.keys(row) : [])))];
  const hasValues = list.some(([, row]) => !isRow(row));
  const text = (row: object, key: string) => (key in row ? inspect((row as Record<string, unknown>)[key], { depth: 0 }) : ""); // prettier-ignore
  const head = ["(index)", ...keys, ...(hasValues ? ["Values"] : [])];
  const body = list.map(([index, row]) => [
    index,
    ...keys.map((key) => (isRow(row) ? text(row, key) : "")),
    ...(hasValues ? [isRow(row) ? "" : inspect(row)] : []),
  ]);
  const widths = head.map((name, at) => Math.max(name.length, ...body.map((row) => row[at].length)) + 2);
  const line = (cells: string[]) => `│${cells.map((cell, at) => ` ${cell}`.padEnd(widths[at])).join("│")}│`;
  const rule = (left: string, middle: string, right: string) => left + widths.map((width) => "─".repeat(width)).join(middle) + right; // prettier-ignore
  return [rule("┌", "┬", "┐"), line(head), rule("├", "┼", "┤"), ...body.map(line), rule("└", "┴", "┘")].join("\n");
}
