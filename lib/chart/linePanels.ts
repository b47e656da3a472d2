import { extent } from "./extent";
import { airyRange } from "./airyRange";
import { escapeLabel, rounded, SYMBOLS, type Annotation, type Axis, type Figure, type ScatterTrace } from "./figure";
import { axis, CLASS_COLOURS, LEGEND_BELOW, themed } from "./theme";

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
 * Curves in panels side by side, for example loss and violation rate after each epoch.
 *
 * @throws TypeError for another number of values than of places
 */
export function linePanels(panels: readonly LinePanel[], options: LinePanelOptions = {}): Figure {
  const { title = "", place = "epoch", dots = true } = options;
  const [, longest] = extent(panels.flatMap(({ lines }) => Object.values(lines).map(({ length }) => length)));
  const places = Array.from(options.places ?? { length: longest }, (at, index) => at ?? index + 1);
  const names = [...new Set(panels.flatMap(({ lines }) => Object.keys(lines)))];
  const width = (1 - GAP * (panels.length - 1)) / panels.length;
  const starts = panels.map((_, index) => index * (width + GAP));
  const axes = panels.flatMap((panel, index) => {
    const across = { ...placeAxis(places), title: { text: place, standoff: 4 } };
    const domain: [number, number] = [starts[index], starts[index] + width];
    return axesOf(panel, index, { ...across, domain });
  });
  const traces = panels.flatMap((panel, index) => curves(panel, { index, names, places, dots }));
  const shown = traces.map((trace, index) => once(trace, traces.slice(0, index)));
  return themed(shown, title, {
    height: 340,
    margin: { l: 52, r: 16, t: title ? 78 : 40, b: names.length > 1 ? 78 : 50 },
    showlegend: names.length > 1,
    legend: { ...LEGEND_BELOW, y: -0.27 },
    ...Object.fromEntries(axes),
    annotations: panels.map(({ heading }, index) => headingAt(escapeLabel(heading), starts[index])),
  });
}

/** Between two panels, as a share of the whole width. */
const GAP = 0.1;
/** More values than this are drawn without dots. */
const MOST_DOTS = 60;

function suffix(index: number): string {
  return index === 0 ? "" : String(index + 1);
}

function axesOf({ lines }: LinePanel, index: number, across: Axis): [string, Axis][] {
  const values = Object.values(lines).flatMap((line) => Array.from(line));
  const [x, y] = [`x${suffix(index)}`, `y${suffix(index)}`];
  return [
    [`xaxis${suffix(index)}`, axis({ ...across, anchor: y })],
    [`yaxis${suffix(index)}`, axis({ anchor: x, range: airyRange(values) })],
  ];
}

function placeAxis(places: number[]): Axis {
  const [first, last] = extent(places);
  const air = 0.02 * (last - first || 1);
  const whole = places.every(Number.isInteger) && { tick0: 0, dtick: Math.max(1, Math.ceil((last - first) / 10)) };
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

function headingAt(text: string, x: number): Annotation {
  const place = { x, y: 1, xref: "paper", yref: "paper", xanchor: "left" as const, yanchor: "bottom" as const };
  return { text: `<b>${text}</b>`, ...place, yshift: 6, showarrow: false, font: { size: 13 } };
}
