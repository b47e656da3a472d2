import { escapeLabel, rounded, type Figure, type ScatterTrace } from "./figure";
import { axis, BLUE, GREY, LEGEND_BELOW, ORANGE, themed } from "./theme";

/** How many values lay within intervals of one distance. */
export interface CoverageStep {
  /** Periods ahead. */
  step: number;
  /** The share of the values that lay within. */
  coverage: number;
  /** How many intervals there were. */
  count: number;
}

/** Options of `coverageSteps`. */
export interface CoverageOptions {
  title?: string;
  /** What the intervals promise, default 0.8. */
  promised?: number;
  /** What the steps are, below the axis. */
  place?: string;
}

/** Standard deviations on either side that hold 95 in 100 draws. */
const NINETY_FIVE = 1.96;

/**
 * The share of values within intervals by distance: a dot for what was measured, a line for what was promised, and a band in
 * which 95 of 100 such shares would lie by chance alone, if the intervals were right and independent of each other.
 *
 * @throws TypeError for no steps
 */
export function coverageSteps(steps: readonly CoverageStep[], options: CoverageOptions = {}): Figure {
  const { title = "Share inside the intervals", promised = 0.8, place = "weeks ahead" } = options;
  if (steps.length === 0) throw new TypeError("coverageSteps(): there are no steps; give one or more");
  const x = steps.map(({ step }) => step);
  const chance = steps.map(({ count }) => NINETY_FIVE * Math.sqrt((promised * (1 - promised)) / count));
  const ends = [...chance.map((reach) => promised - reach), ...chance.map((reach) => promised + reach).reverse()];
  const traces = [
    { ...lineOf("chance", [...x, ...[...x].reverse()], ends, GREY), ...BAND },
    { ...lineOf("promised", x, steps.map(() => promised), ORANGE) }, // prettier-ignore
    { ...lineOf("measured", x, steps.map(({ coverage }) => coverage), BLUE), ...DOTS }, // prettier-ignore
  ];
  return themed(traces, title, {
    height: 320,
    margin: { l: 52, r: 16, t: 56, b: 78 },
    showlegend: true,
    legend: { ...LEGEND_BELOW, y: -0.27 },
    xaxis: axis({ range: [x[0] - 0.3, x[x.length - 1] + 0.3], tick0: 0, dtick: 1, showgrid: false, title: { text: escapeLabel(place), standoff: 4 } }), // prettier-ignore
    yaxis: axis({ range: [Math.min(0.45, ...ends, ...steps.map(({ coverage }) => coverage)) - 0.02, 1.02] }),
  });
}

const BAND = {
  fill: "toself" as const,
  fillcolor: "rgba(128, 137, 150, 0.2)",
  hoverinfo: "skip" as const,
  line: { color: "rgba(128, 137, 150, 0.2)", width: 0 },
};
const DOTS = { mode: "markers" as const, marker: { color: BLUE, size: 10, symbol: "circle" as const } };

function lineOf(name: string, x: number[], y: number[], colour: string): ScatterTrace {
  return { type: "scatter", mode: "lines", name, x, y: rounded(y), line: { color: colour, width: 2 } };
}
