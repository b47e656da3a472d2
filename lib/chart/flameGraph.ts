import { adaptive } from "./adaptive";
import { type BarTrace, escapeLabel, type Figure } from "./figure";
import { textWidth } from "./textWidth";
import { axis, BLUE, GREEN, GREY, inHouseLook, LEGEND_BELOW, ORANGE } from "./theme";

/** A function and the time it took, with what it called. */
export interface FlameFrame {
  name: string;
  /** Where it was written. */
  place?: string;
  /** Whose code it is, which gives it its colour. */
  kind: "cell" | "file" | "package" | "node";
  /** Milliseconds in it and in all that it called. */
  total: number;
  /** Milliseconds in itself. */
  self: number;
  children: FlameFrame[];
}

const KINDS = [
  { kind: "cell", name: "cells", colour: BLUE, ink: "#fff" },
  { kind: "file", name: "your files", colour: GREEN, ink: "#fff" },
  { kind: "package", name: "packages", colour: ORANGE, ink: "#1c1f24" },
  { kind: "node", name: "Node", colour: GREY, ink: "#1c1f24" },
] as const;
const ROW = 20; // pixels
const MOST_ROWS = 36;
const FONT = 11;
const BELOW = 104; // pixels for the axis and the legend
const LEGEND_DROP = 60; // pixels from the lowest row to the legend
const SIDES = 16; // pixels left and right
const SMALLEST = 0.002; // of the whole; narrower frames are left out

/**
 * Where the time of a program went: each function as wide as the time in it, below the one that called it. Equal calls lie
 * together (B. Gregg, The Flame Graph, 2016).
 *
 * @param frames - the outermost functions, as they were called
 * @throws RangeError without any time
 */
export function flameGraph(frames: readonly FlameFrame[], { title = "Where the time went" } = {}): Figure {
  const whole = frames.reduce((sum, { total }) => sum + total, 0);
  if (!(whole > 0))
    throw new RangeError(`flameGraph(): the ${frames.length} functions took no time; give some that did`);
  const bars = laidOut(frames, whole);
  const rows = Math.max(...bars.map(({ row }) => row)) + 1;
  const unit = whole >= 2000 ? { name: "seconds", size: 1000 } : { name: "milliseconds", size: 1 };
  return adaptive((room) => {
    const perPixel = whole / (room - 2 * SIDES);
    const labels = bars.flatMap(({ frame, row, start }) => {
      const text = fitting(frame.name, frame.total / perPixel - 6);
      if (text === "") return [];
      const at = { x: start / unit.size, y: row, xref: "x", yref: "y", xanchor: "left", yanchor: "middle" } as const;
      const look = { xshift: 3, showarrow: false, font: { color: inkOn(frame), size: FONT } } as const;
      return [{ text: escapeLabel(text), ...at, ...look }];
    });
    const shown = KINDS.filter(({ kind }) => bars.some(({ frame }) => frame.kind === kind));
    const traces = shown.map(({ kind, name, colour }): BarTrace => {
      const own = bars.filter(({ frame }) => frame.kind === kind);
      return {
        ...{ type: "bar", orientation: "h", width: 0.92, name, marker: { color: colour } },
        x: own.map(({ frame }) => (frame.total - perPixel) / unit.size),
        y: own.map(({ row }) => row),
        base: own.map(({ start }) => start / unit.size),
        hovertext: own.map(({ frame }) => hover(frame, whole)),
        hoverinfo: "text",
      };
    });
    return inHouseLook(traces, title, {
      ...{ room, barmode: "overlay", dragmode: "zoom", showlegend: true },
      height: 50 + rows * ROW + BELOW,
      margin: { l: SIDES, r: SIDES, t: 50, b: BELOW },
      legend: { ...LEGEND_BELOW, y: -LEGEND_DROP / (rows * ROW) },
      xaxis: axis({ range: [0, whole / unit.size], title: { text: unit.name } }),
      yaxis: axis({ range: [rows - 0.5, -0.5], visible: false, fixedrange: true }),
      annotations: labels,
    });
  });
}

interface Bar {
  frame: FlameFrame;
  row: number;
  start: number;
}

/** The frames that can be seen, each below its caller, the longest first. */
function laidOut(
  frames: readonly FlameFrame[],
  whole: number,
  from: { row: number; start: number } = { row: 0, start: 0 },
): Bar[] {
  // prettier-ignore
  let { start } = from;
  if (from.row >= MOST_ROWS) return [];
  return [...frames]
    .sort((one, other) => other.total - one.total)
    .filter(({ total }) => total >= SMALLEST * whole)
    .flatMap((frame) => {
      const bar: Bar = { frame, row: from.row, start };
      start += frame.total;
      return [bar, ...laidOut(frame.children, whole, { row: from.row + 1, start: bar.start })];
    });
}

/** As much of a name as so many pixels have room for; none where it would tell nothing. */
function fitting(name: string, room: number): string {
  if (textWidth(name, FONT) <= room) return name;
  let length = name.length;
  while (length > 0 && textWidth(`${name.slice(0, length)}…`, FONT) > room) length--;
  return length < 3 ? "" : `${name.slice(0, length)}…`;
}

function inkOn({ kind }: FlameFrame): string {
  return KINDS.find((one) => one.kind === kind)!.ink;
}

function hover({ name, place, total, self }: FlameFrame, whole: number): string {
  const share = ((100 * total) / whole).toFixed(1);
  const times = `${time(total)} (${share} %), ${time(self)} in itself`;
  return [`<b>${escapeLabel(name)}</b>`, ...(place ? [escapeLabel(place)] : []), times].join("<br>");
}

function time(milliseconds: number): string {
  return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(2)} s` : `${milliseconds.toFixed(1)} ms`;
}
