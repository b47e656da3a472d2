import type { BarTrace, Figure, Trace } from "../figure";
import { element } from "./element";
import { label, labelWidth } from "./label";
import { DASHES } from "./marks";
import { symbolPath } from "./symbol";

/** A trace in the legend, and where its line begins. */
export interface LegendEntry {
  trace: Trace;
  x: number;
  y: number;
}

/** A legend that has been laid out, in pixels. */
export interface Legend {
  entries: LegendEntry[];
  width: number;
  height: number;
  below: boolean;
}

const KEY = 30;
const ROW = 19;
const GAP = 18;
const SAMPLE = 12; // pixels of a bar's sample

/** Where each named trace stands in the legend, counted from the legend's own corner; undefined without a legend. */
export function layOutLegend({ data, layout }: Figure, room: number): Legend | undefined {
  const named = data.filter((trace) => trace.name && trace.showlegend !== false);
  if (!layout.showlegend || named.length === 0) return undefined;
  const widths = named.map((trace) => KEY + 6 + labelWidth(trace.name ?? ""));
  const below = layout.legend?.orientation === "h";
  if (!below) {
    const entries = named.map((trace, index) => ({ trace, x: 0, y: index * ROW }));
    return { entries, width: Math.max(...widths), height: named.length * ROW, below };
  }
  let [x, y] = [0, 0];
  const entries = named.map((trace, index) => {
    if (x > 0 && x + widths[index] > room) [x, y] = [0, y + ROW];
    const entry = { trace, x, y };
    x += widths[index] + GAP;
    return entry;
  });
  return { entries, width: room, height: y + ROW, below };
}

/** The legend as SVG, its upper left corner at this place. */
export function drawLegend({ entries }: Legend, left: number, top: number): string {
  return entries.map(({ trace, x, y }) => drawEntry(trace, left + x, top + y + ROW / 2)).join("");
}

function drawEntry(trace: Trace, x: number, y: number): string {
  const text = label(trace.name ?? "", { x: x + KEY + 5, y });
  if (trace.type === "bar") return drawSample(trace, x, y) + text;
  if (trace.type !== "scatter") return text;
  const { line = {}, marker = {}, mode } = trace;
  const stroke = {
    stroke: line.color,
    "stroke-width": line.width ?? 2,
    "stroke-dasharray": DASHES[line.dash ?? "solid"],
  };
  const stripe = mode === "markers" ? "" : element("path", { d: `M${x} ${y}h${KEY}`, fill: "none", ...stroke });
  const d = symbolPath(marker.symbol ?? "circle", [x + KEY / 2, y], marker.size ?? 6);
  return stripe + (mode === "lines" ? "" : element("path", { d, fill: marker.color ?? line.color })) + text;
}

/** A piece of a bar; none for bars of several colours. */
function drawSample({ marker = {} }: BarTrace, x: number, y: number): string {
  if (typeof marker.color !== "string") return "";
  return element("rect", {
    x: x + (KEY - SAMPLE) / 2,
    y: y - SAMPLE / 2,
    width: SAMPLE,
    height: SAMPLE,
    fill: marker.color,
  });
}
