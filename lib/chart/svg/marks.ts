import type { BarTrace, HeatmapTrace, ScatterTrace, Trace } from "../figure";
import { colourAt } from "./colourAt";
import { element, short } from "./element";
import type { Scale } from "./scale";
import { symbolPath } from "./symbol";

/** The dash arrays of SVG by Plotly's names of broken lines. */
export const DASHES = { solid: undefined, dash: "7 5", dot: "2 4" };

/** The marks of one trace between its two scales. */
export function drawTrace(trace: Trace, x: Scale, y: Scale): string {
  if (trace.type === "bar") return drawBars(trace, x, y);
  return trace.type === "heatmap" ? drawCells(trace, x, y) : drawScatter(trace, x, y);
}

function drawScatter(trace: ScatterTrace, x: Scale, y: Scale): string {
  const points = trace.x.map((value, index): [number, number] => [x.pixel(value), y.pixel(trace.y[index])]);
  const { line = {}, marker = {} } = trace;
  const stroke = {
    stroke: line.color,
    "stroke-width": line.width ?? 2,
    "stroke-dasharray": DASHES[line.dash ?? "solid"],
  };
  const path = trace.mode === "markers" ? "" : linePath(points);
  const fill = (trace.fill === "toself" && trace.fillcolor) || "none";
  const drawn = path ? element("path", { d: path, fill, ...stroke, "stroke-linejoin": "round" }) : "";
  if (trace.mode === "lines" || marker.opacity === 0) return drawn;
  const dots = points.filter((point) => point.every(Number.isFinite));
  const d = dots.map((point) => symbolPath(marker.symbol ?? "circle", point, marker.size ?? 6)).join("");
  return drawn + element("path", { d, fill: marker.color ?? line.color, "fill-opacity": marker.opacity });
}

/** Line segments, lifted where a point is missing. */
function linePath(points: [number, number][]): string {
  let pen = "M";
  return points
    .map(([x, y]) => {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        pen = "M";
        return "";
      }
      const step = `${pen}${short(x)} ${short(y)}`;
      pen = "L";
      return step;
    })
    .join("");
}

function drawBars({ orientation, x: xs, y: ys, base, width = 0.8, marker = {} }: BarTrace, x: Scale, y: Scale): string {
  const across = orientation === "h";
  const [length, place] = across ? [x, y] : [y, x];
  const [values, places] = across ? [xs, ys] : [ys, xs];
  const thick = Math.abs(place.pixel(1) - place.pixel(0)) * width;
  const bars = values.map((value, index) => {
    const from = base?.[index] ?? 0;
    const [zero, end] = [length.pixel(from), length.pixel(from === 0 ? value : from + Number(value))];
    const side = place.pixel(places[index]) - thick / 2;
    const [start, size] = [Math.min(zero, end), Math.abs(end - zero)];
    const box = across
      ? { x: start, y: side, width: size, height: thick }
      : { x: side, y: start, width: thick, height: size };
    return element("rect", { ...box, fill: Array.isArray(marker.color) ? marker.color[index] : marker.color });
  });
  return bars.join("");
}

function drawCells({ z, zmin, zmax, colorscale, xgap = 0, ygap = 0 }: HeatmapTrace, x: Scale, y: Scale): string {
  const [width, height] = [Math.abs(x.pixel(1) - x.pixel(0)) - xgap, Math.abs(y.pixel(1) - y.pixel(0)) - ygap];
  const cells = z.flatMap((row, i) =>
    row.map((value, j) => {
      if (value === null) return "";
      const fill = colourAt((value - zmin) / (zmax - zmin || 1), colorscale);
      return element("rect", { x: x.pixel(j) - width / 2, y: y.pixel(i) - height / 2, width, height, fill });
    }),
  );
  return cells.join("");
}
