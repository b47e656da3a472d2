import { adaptive, WIDE } from "./adaptive";
import { airyRange } from "./airyRange";
import { escapeLabel, rounded, type Annotation, type Axis, type Figure, type ScatterTrace } from "./figure";
import { panelGrid, type PanelPlace } from "./panelGrid";
import { axis, BLUE, inHouseLook, LEGEND_BELOW, ORANGE } from "./theme";

/** One score after each epoch: the loss, or a metric. */
export interface ScorePanel {
  heading: string;
  training: number[];
  /** The same on data that are not learned from; default none. */
  validation?: number[];
}

/** Options of `scoreCurves`. */
export interface ScoreCurvesOptions {
  title?: string;
  /** Pixels from the upper edge of a plot to its lower one; default 184. */
  plotHeight?: number;
  /** Pixels above the first row, for title and headings; default 78. */
  top?: number;
}

const COLUMNS = 2;
const GAP = 0.12; // between two columns, as a share of the width
const BOTTOM = 78; // pixels for the axis and the legend
const LEGEND_DROP = 50; // pixels from the lowest plot to the legend

/** Scores after each epoch in panels, two in a row or one in narrow places, each with training and (where given) validation. */
export function scoreCurves(panels: ScorePanel[], options: ScoreCurvesOptions = {}): Figure {
  const traces = panels.flatMap((panel, index) => curvesOf(panel, suffix(index)));
  return adaptive((room) => panelsFor(room, traces.map(namedOnce), { panels, ...options }));
}

function panelsFor(
  room: number,
  traces: ScatterTrace[],
  { panels, title = "", plotHeight = 184, top = 78 }: ScoreCurvesOptions & { panels: ScorePanel[] },
): Figure {
  const held = panels.some(({ validation }) => validation?.length);
  const { places, area } = panelGrid(panels.length, { columns: room < WIDE ? 1 : COLUMNS, gap: GAP, plotHeight });
  return inHouseLook(traces, title, {
    room,
    height: top + area + BOTTOM,
    margin: { l: 48, r: 16, t: top, b: BOTTOM },
    showlegend: Boolean(held),
    legend: { ...LEGEND_BELOW, y: Math.round((-100 * LEGEND_DROP) / area) / 100 },
    ...Object.fromEntries(panels.flatMap((panel, index) => axesOf(panel, suffix(index), places[index]))),
    annotations: panels.map(({ heading }, index) => headingAt(escapeLabel(heading), places[index])),
  });
}

/** What Plotly calls the axes of a panel: "", "2", "3" and so on. */
function suffix(index: number): string {
  return index === 0 ? "" : String(index + 1);
}

function axesOf(
  { training, validation = [] }: ScorePanel,
  panel: string,
  { across, up }: PanelPlace,
): [string, Axis][] {
  const count = Math.max(training.length, validation.length, 1);
  const epochs: Axis = {
    tick0: 1,
    dtick: Math.max(1, Math.ceil(count / 10)),
    range: [0.7, count + 0.3],
    title: { text: "epoch", standoff: 4 },
    showgrid: false,
  };
  const range = airyRange([...training, ...validation]);
  return [
    [`xaxis${panel}`, axis({ ...epochs, domain: across, anchor: `y${panel}` })],
    [`yaxis${panel}`, axis({ anchor: `x${panel}`, range, ...(up ? { domain: up } : {}) })],
  ];
}

function curvesOf({ training, validation }: ScorePanel, panel: string): ScatterTrace[] {
  return [curve(training, "training", panel), ...(validation?.length ? [curve(validation, "validation", panel)] : [])];
}

function curve(values: number[], name: "training" | "validation", panel: string): ScatterTrace {
  const held = name === "validation";
  const colour = held ? ORANGE : BLUE;
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    legendgroup: name,
    showlegend: true,
    xaxis: `x${panel}`,
    yaxis: `y${panel}`,
    x: values.map((_, epoch) => epoch + 1),
    y: rounded(values),
    line: { color: colour, width: 2, dash: held ? "dash" : "solid" },
    marker: { color: colour, size: 5, symbol: held ? "diamond" : "circle" },
    hovertemplate: `epoch %{x}: %{y${values.some(isSmall) ? "" : ":.4f"}}<extra>${name}</extra>`,
  };
}

/** Whether four digits after the point would say little of it. */
function isSmall(value: number): boolean {
  return value !== 0 && Math.abs(value) < 0.01;
}

/** The legend names the first curve of a kind for all of them. */
function namedOnce(trace: ScatterTrace, index: number, all: ScatterTrace[]): ScatterTrace {
  return { ...trace, showlegend: all.findIndex(({ name }) => name === trace.name) === index };
}

function headingAt(text: string, { across, up = [0, 1] }: PanelPlace): Annotation {
  const place = { xref: "paper", yref: "paper", xanchor: "left" as const, yanchor: "bottom" as const };
  return {
    text: `<b>${text}</b>`,
    x: across[0],
    y: up[1],
    ...place,
    yshift: 6,
    showarrow: false,
    font: { size: 13 },
  };
}
