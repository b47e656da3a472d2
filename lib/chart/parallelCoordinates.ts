import { adaptive, WIDE } from "./adaptive";
import { escapeLabel, type Annotation, type Axis, type Figure, type ScatterTrace } from "./figure";
import { GRID } from "./ink";
import { axisPlaces, type AxisPlaces } from "./axisPlaces";
import { widestOf } from "./textWidth";
import { BLUE, GREY, hiddenAxis, inHouseLook, LEGEND_BELOW } from "./theme";

/** One axis of parallel coordinates. */
export interface ParallelAxis {
  name: string;
  /** A value for each row; few or worded ones stand at equal distances, numbers over two powers of ten by their logarithm. */
  values: readonly (number | string)[];
  /** Whether it is a score, whose numbers stand where they are, however few; default false. */
  isScore?: boolean;
}

/** Options of `parallelCoordinates`. */
export interface ParallelOptions {
  title?: string;
  /** The rows to stand out, by their index. */
  best?: readonly number[];
  /** What these are, in the legend. */
  bestName?: string;
}

/**
 * Rows as lines across one axis for each of their values (Inselberg, 1985): upright axes side by side, or lying ones below
 * one another where there is no room for their names.
 *
 * @throws TypeError for fewer than two axes, or axes with other numbers of values
 */
export function parallelCoordinates(axes: readonly ParallelAxis[], options: ParallelOptions = {}): Figure {
  const count = axes[0]?.values.length ?? 0;
  if (axes.length < 2 || axes.some(({ values }) => values.length !== count))
    throw new TypeError(
      `parallelCoordinates(): ${axes.length} axes with ${axes.map(({ values }) => values.length).join(", ")} values; give two axes or more, each with a value for every row`,
    );
  const places = axes.map(axisPlaces);
  const widest = widestOf([...axes.map(({ name }) => name), ...places.flatMap(({ ticks }) => ticks.map(textOf))], SIZE);
  return adaptive((room) => {
    const isUpright = room >= WIDE && room / axes.length > widest + 16;
    return draw({ axes, places, isUpright, widest, options }, room);
  });
}

const SIZE = 12; // pixels of a label
const UPRIGHT = 300; // pixels of an upright axis
const STEP = 62; // pixels between lying axes
const MANY = 60; // rows whose lines are paler
const LEGEND_DROP = 30; // pixels from the plot to the legend

interface Drawing {
  axes: readonly ParallelAxis[];
  places: AxisPlaces[];
  isUpright: boolean;
  /** Pixels of the widest label. */
  widest: number;
  options: ParallelOptions;
}

function draw(drawing: Drawing, room: number): Figure {
  const { axes, isUpright, widest, options } = drawing;
  const { title = "", best = [] } = options;
  const last = axes.length - 1;
  const top = title ? 52 : 14;
  const margin = isUpright
    ? { l: Math.ceil(widest / 2) + 12, r: widest + 22, t: top + 26, b: 52 }
    : { l: 20, r: 20, t: top + 20, b: 74 };
  const area = isUpright ? UPRIGHT : last * STEP;
  const [across, up] = isUpright ? [airy(0, last), airy(0, 1)] : [airy(0, 1), airy(-last, 0)];
  const dropped = isUpright ? LEGEND_DROP : LEGEND_DROP + 14;
  return inHouseLook(tracesOf(drawing), title, {
    ...{ room, still: true, height: margin.t + area + margin.b, margin, showlegend: best.length > 0 },
    legend: { ...LEGEND_BELOW, y: Math.round((-100 * dropped) / area) / 100 },
    ...{ xaxis: across, yaxis: up, annotations: axes.flatMap((_, index) => labelsOf(drawing, index)) },
  });
}

/** A range with room for the width of a line at both ends. */
function airy(low: number, high: number): Axis {
  const air = 0.005 * (high - low);
  return hiddenAxis([low - air, high + air]);
}

/** Where a place on an axis, from 0 to 1, is in the figure. */
function at({ isUpright }: Drawing, index: number, place: number): [x: number, y: number] {
  return isUpright ? [index, place] : [place, 0 - index];
}

function tracesOf(drawing: Drawing): ScatterTrace[] {
  const { axes, options } = drawing;
  const { best = [], bestName = "best rows" } = options;
  const rows = axes[0].values.map((_, row) => row);
  const others = rows.filter((row) => !best.includes(row));
  const rails = axes.map((_, index) => [at(drawing, index, 0), at(drawing, index, 1)]);
  const name = escapeLabel(bestName);
  return [
    { ...lines(rails), line: { color: GRID, width: 2 }, hoverinfo: "skip", showlegend: false },
    ...rowTrace(drawing, others, {
      name: "other rows",
      line: { color: GREY + (rows.length > MANY ? "55" : "b0"), width: 1 },
    }),
    ...rowTrace(drawing, [...best], { name, line: { color: BLUE, width: 2 } }),
  ];
}

function rowTrace(drawing: Drawing, rows: number[], look: Partial<ScatterTrace>): ScatterTrace[] {
  if (rows.length === 0) return [];
  const { axes, places } = drawing;
  const paths = rows.map((row) => places.map((place, index) => at(drawing, index, place.positions[row])));
  const texts = rows.flatMap((row) => {
    const text = escapeLabel(axes.map(({ name, values }) => `${name} ${values[row]}`).join(", "));
    return [...axes.map(() => text), ""];
  });
  return [{ ...lines(paths), ...look, hoverinfo: "text", hovertext: texts }];
}

/** Paths as one trace, with a gap behind each. */
function lines(paths: [number, number][][]): ScatterTrace {
  const points = paths.flatMap((path) => [...path, undefined]);
  const coordinates = (which: 0 | 1) => points.map((point) => (point ? Number(point[which].toPrecision(4)) : null));
  return { type: "scatter", mode: "lines", x: coordinates(0), y: coordinates(1) };
}

/** The name and the ticks of an axis. */
function labelsOf(drawing: Drawing, index: number): Annotation[] {
  const { axes, places, isUpright } = drawing;
  const note = (text: string, place: number): Annotation => {
    const [x, y] = at(drawing, index, place);
    const where = { x, y, xref: "x", yref: "y", xanchor: "left", yanchor: "middle" } as const;
    return { text: escapeLabel(text), ...where, showarrow: false };
  };
  const { name } = axes[index];
  if (isUpright) {
    const head: Annotation = { ...note(name, 1), xanchor: "center", yanchor: "bottom", yshift: 12 };
    return [bold(head), ...places[index].ticks.map((tick) => ({ ...note(tick.text, tick.at), xshift: 6 }))];
  }
  const head: Annotation = { ...note(name, 0), yanchor: "bottom", yshift: 2 };
  const ticks = fitting(places[index].ticks).map((tick): Annotation => {
    const xanchor = tick.at < 0.1 ? "left" : tick.at > 0.9 ? "right" : "center";
    return { ...note(tick.text, tick.at), xanchor, yanchor: "top", yshift: -3 };
  });
  return [bold(head), ...ticks];
}

function bold(note: Annotation): Annotation {
  return { ...note, font: { size: SIZE, weight: 600 } };
}

/** The ticks of a lying axis, or its ends where all would touch. */
function fitting(ticks: AxisPlaces["ticks"]): AxisPlaces["ticks"] {
  const needed = ticks.length * (widestOf(ticks.map(textOf), SIZE) + 10);
  return needed <= NARROWEST || ticks.length < 3 ? ticks : [ticks[0], ticks[ticks.length - 1]];
}

const NARROWEST = 310; // pixels of a lying axis

function textOf({ text }: { text: string }): string {
  return text;
}
