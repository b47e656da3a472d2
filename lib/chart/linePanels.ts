import { adaptive, WIDE } from "./adaptive";
import { airyRange } from "./airyRange";
import { extent } from "./extent";
import { escapeLabel, rounded, SYMBOLS, type Annotation, type Axis, type Figure, type ScatterTrace } from "./figure";
import { roundStep } from "./roundStep";
import { panelGrid, type PanelPlace } from "./panelGrid";
import { axis, CLASS_COLOURS, inHouseLook, LEGEND_BELOW } from "./theme";

/** Some curves over one axis. */
export interface LinePanel {
  heading: string;
  /** Curves by name, one value at each place; a name has the same colour in all panels. */
  lines: Readonly<Record<string, ArrayLike<number>>>;
}

/** Options of `linePanels`. */
export interface LinePanelOptions {
  title?: string;
  /** What the places are, below the axis. */
  place?: string;
  /** Where the values lie; default 1, 2, 3 and so on. */
  places?: ArrayLike<number>;
  /** Dots at the values, as long as there are few; default true. */
  dots?: boolean;
}

/**
 * Curves in panels side by side, or one below the other in narrow places, for example loss and violation rate after each epoch.
 *
 * @throws TypeError for another number of values than of places
 */
export function linePanels(panels: readonly LinePanel[], options: LinePanelOptions = {}): Figure {
  const { dots = true } = options;
  const [, longest] = extent(panels.flatMap(({ lines }) => Object.values(lines).map(({ length }) => length)));
  const places = Array.from(options.places ?? { length: longest }, (at, index) => at ?? index + 1);
  const names = [...new Set(panels.flatMap(({ lines }) => Object.keys(lines)))];
  const traces = panels.flatMap((panel, index) => curves(panel, { index, names, places, dots }));
  const shown = traces.map((trace, index) => once(trace, traces.slice(0, index)));
  return adaptive((room) => panelsFor(room, shown, { panels, places, options, named: names.length > 1 }));
}

const HEIGHT = 340; // pixels of a figure with one row of panels
const LEGEND_DROP = 50; // pixels from the lowest plot to the legend

interface Panels {
  panels: readonly LinePanel[];
  places: number[];
  options: LinePanelOptions;
  /** Whether there is a legend. */
  named: boolean;
}

function panelsFor(room: number, traces: ScatterTrace[], { panels, places, options, named }: Panels): Figure {
  const { title = "", place = "epoch" } = options;
  const margin = { l: 52, r: 16, t: title ? 78 : 40, b: named ? 78 : 50 };
  const columns = room < WIDE ? 1 : panels.length;
  const grid = panelGrid(panels.length, { columns, gap: 0.1, plotHeight: HEIGHT - margin.t - margin.b });
  const across = { ...placeAxis(places, room < WIDE ? 5 : 10), title: { text: place, standoff: 4 } };
  return inHouseLook(traces, title, {
    ...{ room, height: margin.t + grid.area + margin.b, margin, showlegend: named },
    legend: { ...LEGEND_BELOW, y: Math.round((-100 * LEGEND_DROP) / grid.area) / 100 },
    ...Object.fromEntries(
      panels.flatMap((panel, index) => axesOf(panel, index, { ...across, at: grid.places[index] })),
    ),
    annotations: panels.map(({ heading }, index) => headingAt(escapeLabel(heading), grid.places[index])),
  });
}

/** More values than this are drawn without dots. */
const MOST_DOTS = 60;

function suffix(index: number): string {
  return index === 0 ? "" : String(index + 1);
}

function axesOf({ lines }: LinePanel, index: number, { at, ...across }: Axis & { at: PanelPlace }): [string, Axis][] {
  const values = Object.values(lines).flatMap((line) => Array.from(line));
  const [x, y] = [`x${suffix(index)}`, `y${suffix(index)}`];
  return [
    [`xaxis${suffix(index)}`, axis({ ...across, domain: at.across, anchor: y })],
    [`yaxis${suffix(index)}`, axis({ anchor: x, range: airyRange(values), ...(at.up && { domain: at.up }) })],
  ];
}

function placeAxis(places: number[], ticks: number): Axis {
  const [first, last] = extent(places);
  const air = 0.02 * (last - first || 1);
  const whole = places.every(Number.isInteger) && {
    tick0: 0,
    dtick: Math.max(1, roundStep((last - first || 1) / ticks)),
  };
  return { range: [first - air, last + air], showgrid: false, ...whole };
}

function curves(
  { lines }: LinePanel,
  { index, names, places, dots }: { index: number; names: string[]; places: number[]; dots: boolean },
): ScatterTrace[] {
  return Object.entries(lines).map(([name, values]) => {
    if (values.length !== places.length)
      throw new TypeError(`linePanels(): "${name}" has ${values.length} values for ${places.length} places`);
    const colour = CLASS_COLOURS[names.indexOf(name) % CLASS_COLOURS.length];
    const symbol = SYMBOLS[names.indexOf(name) % SYMBOLS.length];
    return {
      type: "scatter",
      mode: dots && places.length <= MOST_DOTS ? "lines+markers" : "lines",
      name: escapeLabel(name),
      legendgroup: name,
      xaxis: `x${suffix(index)}`,
      yaxis: `y${suffix(index)}`,
      x: places,
      y: rounded(values),
      line: { color: colour, width: 2 },
      marker: { color: colour, size: 5, symbol },
      hovertemplate: `%{x}: %{y}<extra>${escapeLabel(name)}</extra>`,
    };
  });
}

/** A name that an earlier panel has in the legend is not named again. */
function once(trace: ScatterTrace, earlier: ScatterTrace[]): ScatterTrace {
  return { ...trace, showlegend: !earlier.some(({ name }) => name === trace.name) };
}

function headingAt(text: string, { across: [x], up: [, y] = [0, 1] }: PanelPlace): Annotation {
  const place = { x, y, xref: "paper", yref: "paper", xanchor: "left" as const, yanchor: "bottom" as const };
  return { text: `<b>${text}</b>`, ...place, yshift: 6, showarrow: false, font: { size: 13 } };
}
