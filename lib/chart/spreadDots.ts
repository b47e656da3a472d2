import { adaptive, WIDE } from "./adaptive";
import { airyRange } from "./airyRange";
import { escapeLabel, rounded, type Annotation, type Axis, type Figure, type ScatterTrace } from "./figure";
import { panelGrid, type PanelPlace } from "./panelGrid";
import { widestOf } from "./textWidth";
import { axis, CLASS_COLOURS, inHouseLook } from "./theme";

/** What one model scored by one metric: mean, least and greatest over several runs. */
export interface ScoreSpread {
  model: string;
  metric: string;
  mean: number;
  low: number;
  high: number;
}

const ROW = 30;
const FONT_SIZE = 12;
/** Pixels left of the first panel, at least. */
const LEAST_NAMES = 96;
/** Between two panels, as a share of the whole width. */
const GAP = 0.045;

/**
 * Models one below the other, and a panel for each metric (in narrow places one below the other too): a dot at the mean, a line from the least to the greatest of
 * the runs. Where the lines of two models overlap, one run would not have told them apart. The axes need not begin at 0.
 */
export function spreadDots(spreads: readonly ScoreSpread[], { title = "Mean and range over the runs" } = {}): Figure {
  const models = [...new Set(spreads.map(({ model }) => model))];
  const metrics = [...new Set(spreads.map(({ metric }) => metric))];
  const panels = metrics.map((metric, index) => {
    const own = spreads.filter((spread) => spread.metric === metric);
    return { metric, own, traces: own.flatMap((spread) => marks(spread, index, models.indexOf(spread.model))) };
  });
  const traces = panels.flatMap((panel) => panel.traces);
  const names = Math.max(LEAST_NAMES, widestOf(models, FONT_SIZE) + 14);
  return adaptive((room) => {
    const columns = room < WIDE ? 1 : metrics.length;
    const { places, area } = panelGrid(metrics.length, {
      columns,
      gap: GAP,
      plotHeight: models.length * ROW,
      rowGap: 62,
    });
    const axes = panels.flatMap(({ own }, index) => axesOf(own, models, { index, columns, place: places[index] }));
    return inHouseLook(traces, title, {
      ...{ room, still: true, height: 118 + area, margin: { l: names, r: 16, t: 84, b: 34 } },
      ...Object.fromEntries(axes),
      annotations: panels.map(({ metric }, index) => headingAt(escapeLabel(metric), places[index])),
      meta: { minWidth: names + 14 + columns * 120 },
    });
  });
}

function axesOf(
  spreads: ScoreSpread[],
  models: string[],
  { index, columns, place: { across, up } }: { index: number; columns: number; place: PanelPlace },
): [string, Axis][] {
  const [x, y] = [`x${suffix(index)}`, `y${suffix(index)}`];
  const ticktext = models.map((model) => (index % columns === 0 ? escapeLabel(model) : ""));
  const rows = { tickvals: models.map((_, row) => row), ticktext, showgrid: false };
  return [
    [`xaxis${suffix(index)}`, axis({ domain: across, anchor: y, ...ticksFor(spreads) })],
    [
      `yaxis${suffix(index)}`,
      axis({ anchor: x, range: [models.length - 0.5, -0.5], ...rows, ...(up && { domain: up }) }),
    ],
  ];
}

function suffix(index: number): string {
  return index === 0 ? "" : String(index + 1);
}

/** From the least to the greatest with some air, and a few round ticks between. */
function ticksFor(spreads: ScoreSpread[]): Axis {
  const range = airyRange(spreads.flatMap(({ low, high }) => [low, high]));
  const most = (range[1] - range[0]) / 2.2;
  const size = 10 ** Math.floor(Math.log10(most));
  const step = size * ([5, 2].find((times) => times * size <= most) ?? 1);
  const first = Math.ceil(range[0] / step);
  const count = Math.floor(range[1] / step) - first + 1;
  const tickvals = Array.from({ length: count }, (_, tick) => Number(((first + tick) * step).toPrecision(6)));
  return { range, tickvals, ticktext: tickvals.map(String), tickangle: 0 };
}

function marks({ model, metric, mean, low, high }: ScoreSpread, panel: number, row: number): ScatterTrace[] {
  const color = CLASS_COLOURS[row % CLASS_COLOURS.length];
  const axes = { xaxis: `x${suffix(panel)}`, yaxis: `y${suffix(panel)}` };
  const text = `${escapeLabel(model)}<br>${escapeLabel(metric)} ${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
  return [
    {
      ...{ type: "scatter", mode: "lines", ...axes, x: rounded([low, high]), y: [row, row], hoverinfo: "skip" },
      line: { color, width: 3 },
    },
    {
      ...{ type: "scatter", mode: "markers", ...axes, x: rounded([mean]), y: [row] },
      ...{ hovertext: text, hoverinfo: "text", marker: { color, size: 8, symbol: "circle" } },
    },
  ];
}

function headingAt(text: string, { across: [left, right], up: [, y] = [0, 1] }: PanelPlace): Annotation {
  const place = {
    x: (left + right) / 2,
    y,
    xref: "paper",
    yref: "paper",
    xanchor: "center" as const,
    yanchor: "bottom" as const,
  };
  return { text: `<b>${text}</b>`, ...place, yshift: 6, showarrow: false };
}
