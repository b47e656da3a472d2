import { describeFigure } from "./describeFigure";
import type { Annotation, Axis, Figure, Layout, LayoutImage, Shape, Trace } from "./figure";
import { formFor } from "./narrowForm";
import { drawGrid, drawXAxis, drawYAxis, widthOfYAxis } from "./svg/axes";
import { element } from "./svg/element";
import { label, plainText } from "./svg/label";
import { drawLegend, layOutLegend, type Legend } from "./svg/legend";
import { drawTrace } from "./svg/marks";
import { buildScale, type Scale } from "./svg/scale";
import { FONT_FAMILY, INK } from "./ink";

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}
type Scales = Map<string, Scale>;

const DEFAULT_WIDTH = 820;

/**
 * A still picture of a figure of this room as self-contained SVG: no scripts, no ids, nothing loaded. Text takes the
 * colour of the page where the SVG stands in HTML, and a grey that reads on white and on black where it is an image.
 *
 * @param width - pixels across; default 820, or more where the captions need it
 */
export function toSVG(wide: Figure, { width = defaultWidth(wide) } = {}): string {
  const figure = formFor(wide, width);
  const { layout, data } = figure;
  const { box, legend } = plotBox(figure, width);
  const scales = buildScales(figure, box);
  const size = { width, height: layout.height, viewBox: `0 0 ${width} ${layout.height}` };
  const look = { color: layout.font.color ?? INK, "font-family": layout.font.family ?? FONT_FAMILY, "font-size": 12 };
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      ...size,
      role: "img",
      "aria-label": plainText(layout.title?.text ?? "") || describeFigure(figure),
      ...look,
    },
    ...(layout.shapes ?? []).map((shape) => drawShape(shape, scales, box)),
    ...[...scales].map(([key, scale]) =>
      drawGrid(scale, letterOf(key), letterOf(key) === "x" ? upright(key, scales, box) : across(key, scales)),
    ),
    ...data.map((trace) =>
      clipped(drawTrace(trace, scaleOf(trace, "x", scales), scaleOf(trace, "y", scales)), trace, scales),
    ),
    ...(layout.images ?? []).map((image) => drawImage(image, scales)),
    ...[...scales].map(([key, scale]) =>
      letterOf(key) === "x" ? drawXAxis(scale, upright(key, scales, box)[1]) : drawYAxis(scale, across(key, scales)[0]),
    ),
    ...(layout.annotations ?? []).map((annotation) => drawAnnotation(annotation, scales, box)),
    legend ? drawLegend(legend, legend.below ? box.left : box.right + 8, legendTop(legend, layout, box)) : "",
    layout.title?.text ? label(layout.title.text, { x: 10, y: 14, edge: "top", font: layout.title.font }) : "",
  );
}

function defaultWidth({ layout }: Figure): number {
  return Math.max(DEFAULT_WIDTH, layout.meta?.minWidth ?? 0);
}

/** The plot area: the margins asked for, wider where labels or the legend need more. */
function plotBox(figure: Figure, width: number): { box: Box; legend?: Legend } {
  const { margin, height, legend: placed } = figure.layout;
  const rough = { left: margin.l, right: width - margin.r, top: margin.t, bottom: height - margin.b };
  const scales = buildScales(figure, rough);
  const left = Math.max(
    margin.l,
    ...[...scales].map(([key, scale]) => (isOuter(key, scales) ? widthOfYAxis(scale) : 0)),
  );
  const legend = layOutLegend(figure, rough.right - left);
  if (!legend) return { box: { ...rough, left } };
  if (!legend.below)
    return { box: { ...rough, left, right: Math.min(rough.right, width - legend.width - 20) }, legend };
  const drop = -Number(placed?.y ?? 0);
  const needed = (legend.height + drop * (height - margin.t)) / (1 + drop);
  return { box: { ...rough, left, bottom: Math.min(rough.bottom, height - needed - 2) }, legend };
}

function legendTop({ below }: Legend, layout: Layout, { top, bottom }: Box): number {
  return below ? bottom - Number(layout.legend?.y ?? 0) * (bottom - top) : top;
}

/** Whether a y axis stands at the left edge of all plots. */
function isOuter(key: string, scales: Scales): boolean {
  const anchored = scales.get(scales.get(key)?.axis.anchor ?? "x");
  return letterOf(key) === "y" && (anchored?.axis.domain?.[0] ?? 0) === 0;
}

/** One scale for each axis that a trace, an image or an annotation uses. */
function buildScales({ data, layout }: Figure, box: Box): Scales {
  const keys = [...new Set(data.flatMap((trace) => [trace.xaxis ?? "x", trace.yaxis ?? "y"]))];
  return new Map(keys.map((key) => [key, scaleFor(key, data, { layout, box })]));
}

function scaleFor(key: string, data: Trace[], { layout, box }: { layout: Layout; box: Box }): Scale {
  const letter = letterOf(key);
  const axis: Axis = layout[`${letter}axis${key.slice(1)}` as "xaxis"] ?? {};
  const [start, end] = axis.domain ?? [0, 1];
  const traces = data.filter((trace) => (trace[`${letter}axis`] ?? letter) === key);
  const [from, to] = letter === "x" ? [box.left, box.right] : [box.bottom, box.top];
  return buildScale({ axis, traces, letter, from: from + start * (to - from), to: from + end * (to - from) });
}

function letterOf(key: string): "x" | "y" {
  return key[0] === "y" ? "y" : "x";
}

function scaleOf(trace: Trace, letter: "x" | "y", scales: Scales): Scale {
  return scales.get(trace[`${letter}axis`] ?? letter) as Scale;
}

/** Left and right end of the plot that a y axis belongs to. */
function across(key: string, scales: Scales): [number, number] {
  const anchored = scales.get(scales.get(key)?.axis.anchor ?? "x") as Scale;
  return [anchored.from, anchored.to];
}

/** Upper and lower end of the plot that an x axis belongs to, or of all plots where it belongs to none. */
function upright(key: string, scales: Scales, { top, bottom }: Box): [number, number] {
  const anchored = scales.get(scales.get(key)?.axis.anchor ?? "y");
  return anchored ? [anchored.to, anchored.from] : [top, bottom];
}

/** Marks cut off at the edge of their plot; a nested `svg` does that without an id. */
function clipped(marks: string, trace: Trace, scales: Scales): string {
  if (!marks) return "";
  const [x, y] = [scaleOf(trace, "x", scales), scaleOf(trace, "y", scales)];
  const air = trace.type === "scatter" && trace.mode !== "lines" ? 8 : 1;
  const [left, top, width, height] = [x.from - air, y.to - air, x.to - x.from + 2 * air, y.from - y.to + 2 * air];
  return element(
    "svg",
    {
      x: left,
      y: top,
      width,
      height,
      viewBox: [left, top, width, height].map((n) => Math.round(n * 100) / 100).join(" "),
    },
    marks,
  );
}

function drawShape({ x0, x1, y0, y1, fillcolor, xref, yref }: Shape, scales: Scales, box: Box): string {
  const [left, right] = [x0, x1].map((at) => position(at, xref, { scales, low: box.left, high: box.right }));
  const [bottom, top] = [y0, y1].map((at) => position(at, yref, { scales, low: box.bottom, high: box.top }));
  return element("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: fillcolor });
}

function drawImage({ source, x, y, sizex, sizey, xref, yref }: LayoutImage, scales: Scales): string {
  const [xScale, yScale] = [scales.get(xref) as Scale, scales.get(yref) as Scale];
  const width = Math.abs(xScale.pixel(sizex) - xScale.pixel(0));
  const height = Math.abs(yScale.pixel(sizey) - yScale.pixel(0));
  const place = { x: xScale.pixel(x) - width / 2, y: yScale.pixel(y) - height, width, height };
  return element("image", {
    href: source,
    ...place,
    preserveAspectRatio: "xMidYMax",
    style: "image-rendering:pixelated",
  });
}

function drawAnnotation(note: Annotation, scales: Scales, box: Box): string {
  const x = position(note.x, note.xref, { scales, low: box.left, high: box.right }) + (note.xshift ?? 0);
  const y = position(note.y, note.yref, { scales, low: box.bottom, high: box.top }) - (note.yshift ?? 0);
  const anchor = ({ left: "start", center: "middle", right: "end" } as const)[note.xanchor];
  return label(note.text, { x, y, anchor, edge: note.yanchor, font: note.font });
}

function position(
  at: number | string,
  ref: string,
  { scales, low, high }: { scales: Scales; low: number; high: number },
): number {
  const scale = scales.get(ref);
  return scale ? scale.pixel(at) : low + Number(at) * (high - low);
}
