import type { Axis, Coordinate, Trace } from "../figure";
import { dateTicks, linearTicks, type Tick } from "./ticks";

/** From data to pixels along one axis. */
export interface Scale {
  axis: Axis;
  /** Pixels at which the axis starts (left or bottom) and ends. */
  from: number;
  to: number;
  /** The pixel of a value; NaN for null or a category that is not there. */
  pixel(value: Coordinate): number;
  ticks: Tick[];
}

/** What a scale is made of. */
export interface ScaleOptions {
  axis: Axis;
  traces: Trace[];
  letter: "x" | "y";
  from: number;
  to: number;
}

const X_TICK_PIXELS = 80;
const Y_TICK_PIXELS = 36;
const PAD = 0.05;

/** The scale of one axis over the values of its traces, with ranges chosen as Plotly chooses them. */
export function buildScale({ axis, traces, letter, from, to }: ScaleOptions): Scale {
  const categories = axis.type === "category" ? categoriesOf(traces, letter) : [];
  const number = (value: Coordinate) => numberOf(value, axis, categories);
  const [low, high] = axis.range ? axis.range.map(number) : autoRange(traces, { axis, letter, number });
  const pixel = (value: Coordinate) => from + ((number(value) - low) / (high - low || 1)) * (to - from);
  const count = Math.abs(to - from) / (letter === "x" ? X_TICK_PIXELS : Y_TICK_PIXELS);
  const span = { low: Math.min(low, high), high: Math.max(low, high), count };
  return { axis, from, to, pixel, ticks: ticksOf(axis, span, categories) };
}

function ticksOf(
  axis: Axis,
  { low, high, count }: { low: number; high: number; count: number },
  categories: string[],
): Tick[] {
  if (axis.visible === false || axis.showticklabels === false) return [];
  if (axis.tickvals) return axis.tickvals.map((at, index) => ({ at, text: axis.ticktext?.[index] ?? String(at) }));
  if (axis.type === "category") return categories.map((text, at) => ({ at, text }));
  if (axis.type === "date") return dateTicks(low, high, count);
  return linearTicks(low, high, { count, start: axis.tick0, step: axis.dtick });
}

function numberOf(value: Coordinate, axis: Axis, categories: string[]): number {
  if (value === null) return NaN;
  if (typeof value === "number") return value;
  if (axis.type === "date") return Date.parse(value);
  return axis.type === "category" ? (categories.indexOf(value) + 1 || NaN) - 1 : Number(value);
}

function categoriesOf(traces: Trace[], letter: "x" | "y"): string[] {
  return [...new Set(traces.flatMap((trace) => (trace.type === "heatmap" ? [] : trace[letter].map(String))))];
}

/** Lines end at their last point, markers get air, bars stand on zero, cells reach half a step beyond their centres. */
function autoRange(
  traces: Trace[],
  { axis, letter, number }: { axis: Axis; letter: "x" | "y"; number: (value: Coordinate) => number },
): [number, number] {
  const extents = traces.map((trace) => ({ trace, values: extent(trace, letter, number).filter(Number.isFinite) }));
  const all = extents.flatMap(({ values }) => values);
  if (all.length === 0) return [0, 1];
  const span = most(all) - least(all) || Math.abs(most(all)) || 1;
  const airOf = (trace: Trace) => (isAiry(trace, letter) ? PAD * span : 0);
  const filled = extents.filter(({ values }) => values.length > 0);
  const low = least(filled.map(({ trace, values }) => least(values) - airOf(trace)));
  const high = most(filled.map(({ trace, values }) => most(values) + airOf(trace)));
  return axis.rangemode === "tozero" ? [Math.min(0, least(all)), high] : [low, high];
}

function isAiry(trace: Trace, letter: "x" | "y"): boolean {
  return trace.type !== "heatmap" && (letter === "y" || (trace.type === "scatter" && trace.mode !== "lines"));
}

function least(values: number[]): number {
  return values.reduce((low, value) => Math.min(low, value));
}

function most(values: number[]): number {
  return values.reduce((high, value) => Math.max(high, value));
}

function extent(trace: Trace, letter: "x" | "y", number: (value: Coordinate) => number): number[] {
  if (trace.type === "heatmap") return [-0.5, (letter === "x" ? trace.z[0].length : trace.z.length) - 0.5];
  const values = trace[letter].map(number);
  const long = trace.type === "bar" && (trace.orientation === "h") === (letter === "x");
  return long ? [0, ...values] : trace.type === "bar" ? values.flatMap((at) => [at - 0.5, at + 0.5]) : values;
}
