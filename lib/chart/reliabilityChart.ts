import type { Figure, ScatterTrace, BarTrace } from "./figure";
import { axis, BLUE, GREY, LEGEND_BELOW, ORANGE, themed } from "./theme";

/** The predictions whose confidence lies in one interval, as `measureCalibration` gives them. */
export interface ReliabilityBin {
  low: number;
  high: number;
  count: number;
  /** Mean probability of the predicted class, 0 to 1. */
  confidence: number;
  /** Share that is right, 0 to 1. */
  accuracy: number;
}

/**
 * A reliability chart (DeGroot and Fienberg, 1983): for predictions of similar confidence, the share that is right. On the
 * dashed diagonal the confidence is right; below it the classifier is too confident. The bars below show
 * how many of the predictions have this confidence.
 *
 * @param groups - bins by the name of the classifier
 */
export function reliabilityChart(
  groups: Readonly<Record<string, readonly ReliabilityBin[]>>,
  { title = "Confidence and accuracy" } = {},
): Figure {
  const traces = Object.entries(groups).flatMap(([name, bins], index) => tracesOf(name, bins, COLOURS[index % 2]));
  const percent = { tickvals: [0, 0.25, 0.5, 0.75, 1], ticktext: ["0", "25 %", "50 %", "75 %", "100 %"] };
  return themed([DIAGONAL, ...traces], title, {
    ...{ height: 470, margin: { l: 64, r: 16, t: 52, b: 84 }, showlegend: true },
    legend: { ...LEGEND_BELOW, y: -0.16 },
    xaxis: axis({ ...percent, range: [0, 1.02], title: { text: "confidence", standoff: 4 }, anchor: "y2" }),
    yaxis: axis({ ...percent, range: [0, 1.03], domain: [0.28, 1], title: { text: "right", standoff: 4 } }),
    yaxis2: axis({ domain: [0, 0.2], range: [0, 1.06], anchor: "x", title: { text: "share", standoff: 4 }, tickvals: [0.5, 1], ticktext: ["50 %", "100 %"] }), // prettier-ignore
  });
}

const COLOURS = [BLUE, ORANGE];

const DIAGONAL: ScatterTrace = {
  ...{ type: "scatter", mode: "lines", x: [0, 1], y: [0, 1], hoverinfo: "skip", showlegend: false },
  line: { color: GREY, width: 1.5, dash: "dash" },
};

function tracesOf(name: string, bins: readonly ReliabilityBin[], color: string): (ScatterTrace | BarTrace)[] {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const filled = bins.filter(({ count }) => count > 0);
  const x = filled.map(({ confidence }) => round(confidence));
  const hovertext = filled.map(
    ({ confidence, accuracy, count }) =>
      `${name}: ${count} predictions<br>confidence ${percent(confidence)}, right ${percent(accuracy)}`,
  );
  const dots: ScatterTrace = {
    ...{ type: "scatter", mode: "lines+markers", name, legendgroup: name, x, hovertext, hoverinfo: "text" },
    y: filled.map(({ accuracy }) => round(accuracy)),
    ...{ line: { color, width: 2 }, marker: { color, size: 7 } },
  };
  const bars: BarTrace = {
    ...{ type: "bar", name, legendgroup: name, showlegend: false, yaxis: "y2", x, hovertext, hoverinfo: "text" },
    ...{ y: filled.map(({ count }) => round(count / total)), width: 0.02, marker: { color } },
  };
  return [dots, bars];
}

function round(value: number): number {
  return Number(value.toFixed(4));
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
