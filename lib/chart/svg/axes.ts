import type { Tick } from "./ticks";
import { GRID } from "../ink";
import { element } from "./element";
import { label, labelWidth } from "./label";
import type { Scale } from "./scale";

const TICK_GAP = 6;
const TITLE_SIZE = 13;

/** Grid lines of a scale across the plot from `start` to `end` (pixels of the other direction). */
export function drawGrid({ axis, ticks, pixel }: Scale, letter: "x" | "y", [start, end]: [number, number]): string {
  if (axis.visible === false || axis.showgrid === false) return "";
  const d = ticks.map(({ at }) => {
    const place = Math.round(pixel(at)) + 0.5;
    return letter === "x" ? `M${place} ${start}V${end}` : `M${start} ${place}H${end}`;
  });
  return d.length ? element("path", { d: d.join(""), stroke: axis.gridcolor ?? GRID, fill: "none" }) : "";
}

/** Tick labels and title under the plot, whose lower edge is at `bottom`. */
export function drawXAxis(scale: Scale, bottom: number): string {
  const { axis, pixel, from, to } = scale;
  if (axis.visible === false) return "";
  const angle = axis.tickangle;
  const labels = roomy(scale).map(({ at, text }) =>
    angle
      ? label(text, { x: pixel(at) + 4, y: bottom + TICK_GAP + 6, anchor: "end", angle })
      : label(text, { x: pixel(at), y: bottom + TICK_GAP, anchor: "middle", edge: "top" }),
  );
  if (!axis.title) return labels.join("");
  const place = { x: (from + to) / 2, y: bottom + TICK_GAP + labelDepth(scale) + 4 };
  return (
    labels.join("") + label(axis.title.text, { ...place, anchor: "middle", edge: "top", font: { size: TITLE_SIZE } })
  );
}

/** Tick labels and title beside the plot, whose left edge is at `left`. */
export function drawYAxis(scale: Scale, left: number): string {
  const { axis, ticks, pixel, from, to } = scale;
  if (axis.visible === false) return "";
  const labels = ticks.map(({ at, text }) => label(text, { x: left - TICK_GAP, y: pixel(at), anchor: "end" }));
  if (!axis.title) return labels.join("");
  const place = { x: left - widthOfYAxis(scale) + 8, y: (from + to) / 2 };
  return (
    labels.join("") + label(axis.title.text, { ...place, anchor: "middle", angle: -90, font: { size: TITLE_SIZE } })
  );
}

/** Pixels that tick labels and title take to the left of the plot. */
export function widthOfYAxis({ axis, ticks }: Scale): number {
  if (axis.visible === false) return 0;
  const widest = Math.max(0, ...ticks.map(({ text }) => labelWidth(text)));
  return TICK_GAP + widest + (axis.title ? TITLE_SIZE + 12 : 4);
}

function labelDepth({ axis, ticks }: Scale): number {
  const widest = Math.max(0, ...ticks.map(({ text }) => labelWidth(text)));
  return axis.tickangle ? widest * Math.abs(Math.sin((axis.tickangle * Math.PI) / 180)) + 12 : 16;
}

/** Every label where they fit, else every second, third … */
function roomy({ axis, ticks, pixel }: Scale): Tick[] {
  if (axis.tickangle || ticks.length < 2) return ticks;
  const widest = Math.max(...ticks.map(({ text }) => labelWidth(text))) + 8;
  const every = Math.ceil(widest / Math.abs(pixel(ticks[1].at) - pixel(ticks[0].at)));
  return ticks.filter((_, index) => index % every === 0);
}
