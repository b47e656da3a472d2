/** A Plotly figure as plain data: `Plotly.newPlot(element, figure)` draws it, `toSVG(figure)` draws it without Plotly. */
export interface Figure {
  data: Trace[];
  layout: Layout;
  config?: Record<string, unknown>;
}

/** One set of data in a figure, of the kinds that this library draws. */
export type Trace = ScatterTrace | BarTrace | HeatmapTrace;

/** Points, lines, or both. */
export interface ScatterTrace extends TraceBase {
  type: "scatter";
  mode: "lines" | "markers" | "lines+markers";
  x: Coordinate[];
  y: Coordinate[];
  line?: { color?: string; width?: number; dash?: Dash };
  marker?: { color?: string; size?: number; symbol?: MarkerSymbol; opacity?: number };
  /** Fills the shape that the points go round, or (not in still pictures) the area up to the line before. */
  fill?: "toself" | "tonexty";
  fillcolor?: string;
}

/** Bars, upright or lying. */
export interface BarTrace extends TraceBase {
  type: "bar";
  orientation?: "h" | "v";
  x: Coordinate[];
  y: Coordinate[];
  /** Where each bar begins; 0 without it. */
  base?: number[];
  width?: number;
  marker?: { color?: string | string[] };
}

/** A matrix as coloured squares. */
export interface HeatmapTrace extends TraceBase {
  type: "heatmap";
  z: (number | null)[][];
  text?: string[][];
  zmin: number;
  zmax: number;
  colorscale: [number, string][];
  showscale: false;
  xgap?: number;
  ygap?: number;
}

/** What every trace may have. */
export interface TraceBase {
  name?: string;
  xaxis?: string;
  yaxis?: string;
  showlegend?: boolean;
  legendgroup?: string;
  hoverinfo?: "text" | "skip";
  hovertext?: string | string[];
  hovertemplate?: string;
}

/** A number, a category or an ISO date; null leaves a gap. */
export type Coordinate = number | string | null;
/** How a line is broken. */
export type Dash = "solid" | "dash" | "dot";
/** The shape of a point. */
export type MarkerSymbol = (typeof SYMBOLS)[number];

/** The shapes of points, in the order in which groups take them. */
export const SYMBOLS = [
  "circle",
  "square",
  "diamond",
  "cross",
  "triangle-up",
  "x",
  "star",
  "triangle-down",
  "pentagon",
  "hexagon",
] as const;

/** All of a figure but its data: size, margins, axes, legend, notes. */
export interface Layout {
  title?: Title;
  height: number;
  margin: { l: number; r: number; t: number; b: number };
  font: Font;
  paper_bgcolor: string;
  plot_bgcolor: string;
  showlegend: boolean;
  legend?: Record<string, unknown> & { orientation?: "h" | "v" };
  hoverlabel?: Record<string, unknown>;
  hovermode?: "closest" | "x unified";
  dragmode?: false | "zoom" | "pan";
  bargap?: number;
  barmode?: "overlay";
  images?: LayoutImage[];
  annotations?: Annotation[];
  shapes?: Shape[];
  /**
   * `minWidth`: pixels below which texts would touch; whoever shows the figure lets it scroll sideways instead. `narrow`:
   * what to lay over the figure where there is less room than 560 pixels (see `adaptive`).
   */
  meta?: { minWidth?: number; narrow?: unknown };
  xaxis?: Axis;
  yaxis?: Axis;
  [subplot: `xaxis${number}` | `yaxis${number}`]: Axis;
}

/** How text is set. */
export interface Font {
  family?: string;
  size?: number;
  weight?: number;
  color?: string;
}

/** A heading and how it is set. */
export interface Title extends Record<string, unknown> {
  text: string;
  font?: Font;
}

/** An axis: its range, its ticks and its title. */
export interface Axis {
  type?: "linear" | "date" | "category";
  title?: { text: string; standoff?: number; font?: Font };
  domain?: [number, number];
  anchor?: string;
  range?: [Coordinate, Coordinate];
  rangemode?: "tozero";
  visible?: boolean;
  fixedrange?: boolean;
  tick0?: number;
  dtick?: number;
  tickvals?: number[];
  ticktext?: string[];
  tickangle?: number;
  tickfont?: Font;
  ticks?: "";
  /** Pixels between the plot and the tick labels. */
  ticklabelstandoff?: number;
  showgrid?: boolean;
  showticklabels?: boolean;
  zeroline?: boolean;
  gridcolor?: string;
  automargin?: boolean;
  spikecolor?: string;
  spikethickness?: number;
  spikedash?: Dash;
}

/** A picture placed in data coordinates; `sizex` and `sizey` are the box it is fitted into without distortion. */
export interface LayoutImage {
  source: string;
  xref: string;
  yref: string;
  x: number;
  y: number;
  sizex: number;
  sizey: number;
  sizing: "contain";
  xanchor: "center";
  yanchor: "bottom";
  layer: "above";
}

/** A text at a place; xref "paper" counts from 0 to 1 over the plot area, else the axis named. */
export interface Annotation {
  text: string;
  x: number;
  y: number;
  xref: string;
  yref: string;
  xanchor: "left" | "center" | "right";
  yanchor: "top" | "middle" | "bottom";
  xshift?: number;
  yshift?: number;
  showarrow: false;
  font?: Font;
  align?: "left" | "center" | "right";
}

/** A rectangle behind the traces, over the full height where yref is "paper". */
export interface Shape {
  type: "rect";
  xref: string;
  yref: string;
  x0: number | string;
  x1: number | string;
  y0: number;
  y1: number;
  fillcolor: string;
  line: { width: number };
  layer: "below";
}

/**
 * Numbers as a plain array with `digits` significant digits, so that a notebook stays small; null where not finite.
 *
 * @internal
 */
export function rounded(values: ArrayLike<number>, digits = 4): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? Number(value.toPrecision(digits)) : null));
}

/**
 * Text made safe for Plotly, which reads its labels as a little HTML.
 *
 * @internal
 */
export function escapeLabel(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/**
 * The text of an escaped label.
 *
 * @internal
 */
export function unescapeLabel(label: string): string {
  return label.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
