import { adaptive } from "./adaptive";
import { airyRange } from "./airyRange";
import { escapeLabel, rounded, SYMBOLS, type Figure, type ScatterTrace } from "./figure";
import { roundStep } from "./roundStep";
import { axis, CLASS_COLOURS, inHouseLook, LEGEND_BELOW } from "./theme";

/** Scores of several runs at each place of an axis. */
export interface SpreadCurve {
  name: string;
  /** The scores of each place's runs: [places][runs]. */
  runs: readonly (readonly number[])[];
}

/** Options of `spreadCurves`. */
export interface SpreadOptions {
  title?: string;
  /** What the places are, below the axis. */
  place?: string;
  /** What the scores are, beside the axis. */
  score?: string;
  /** Whether a curve may have fewer places than there are, the first ones; default false. */
  mayEndEarly?: boolean;
}

/**
 * The mean of several runs at each place as a line, in a band from the least to the greatest of them. The places stand
 * at equal distances, whatever numbers they are. Where they are many, some have a label, and the lines have no dots.
 *
 * @param places - the label of each place, for instance numbers of examples
 * @throws TypeError for another number of scores than of places, or a place without a run
 */
export function spreadCurves(
  curves: readonly SpreadCurve[],
  places: readonly (number | string)[],
  { title = "", place = "", score = "", mayEndEarly = false }: SpreadOptions = {},
): Figure {
  const fits = (count: number) => count === places.length || (mayEndEarly && count > 0 && count < places.length);
  for (const { name, runs } of curves)
    if (!fits(runs.length) || runs.some(({ length }) => length === 0))
      throw new TypeError(`spreadCurves(): "${name}" has ${runs.length} lists of runs for ${places.length} places; give one list with a score or more for each`); // prettier-ignore
  const bands = curves.map(({ runs }, index) => band(runs, index));
  const lines = curves.map((curve, index) => line(curve, index, places));
  const labelled = labelledPlaces(places.length);
  const ticks = { tickvals: labelled, ticktext: labelled.map((at) => escapeLabel(String(places[at]))) };
  return adaptive((room) =>
    inHouseLook([...bands, ...lines], title, {
      ...{ room, height: 380, margin: { l: 58, r: 16, t: title ? 56 : 20, b: 92 }, showlegend: true },
      legend: { ...LEGEND_BELOW, y: -0.24 },
      xaxis: axis({
        ...ticks,
        title: { text: place, standoff: 4 },
        showgrid: false,
        range: [-0.2, places.length - 0.8],
      }),
      yaxis: axis({ title: { text: score }, range: airyRange(curves.flatMap(({ runs }) => runs.flat())) }),
    }),
  );
}

const MOST_LABELS = 12;
const MOST_DOTS = 30;

/** All places, or those whose number from 1 is a multiple of a round one. */
function labelledPlaces(count: number): number[] {
  const step = count > MOST_LABELS ? roundStep(count / MOST_LABELS) : 1;
  return Array.from({ length: Math.floor(count / step) }, (_, index) => (index + 1) * step - 1);
}

function colourOf(index: number): string {
  return CLASS_COLOURS[index % CLASS_COLOURS.length];
}

function band(runs: SpreadCurve["runs"], index: number): ScatterTrace {
  const places = runs.map((_, at) => at);
  const none = "rgba(0,0,0,0)";
  return {
    ...{ type: "scatter", mode: "lines", hoverinfo: "skip", showlegend: false, fill: "toself" },
    fillcolor: `${colourOf(index)}2e`,
    line: { color: none, width: 0 },
    x: [...places, ...[...places].reverse()],
    y: rounded([...runs.map((own) => Math.min(...own)), ...runs.map((own) => Math.max(...own)).reverse()]),
  };
}

function line({ name, runs }: SpreadCurve, index: number, places: readonly (number | string)[]): ScatterTrace {
  const means = runs.map((own) => own.reduce((sum, score) => sum + score, 0) / own.length);
  const range = (own: readonly number[]) => `${Math.min(...own).toFixed(3)} to ${Math.max(...own).toFixed(3)}`;
  return {
    ...{
      type: "scatter",
      mode: places.length > MOST_DOTS ? "lines" : "lines+markers",
      name: escapeLabel(name),
      x: runs.map((_, at) => at),
    },
    y: rounded(means),
    line: { color: colourOf(index), width: 2 },
    marker: { color: colourOf(index), size: 7, symbol: SYMBOLS[index % SYMBOLS.length] },
    hoverinfo: "text",
    hovertext: runs.map((own, at) => `${escapeLabel(name)}, ${places[at]}: ${means[at].toFixed(3)}, ${range(own)}`),
  };
}
