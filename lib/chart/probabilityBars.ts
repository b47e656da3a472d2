import { escapeLabel, type Figure } from "./figure";
import { widestOf } from "./textWidth";
import { axis, BLUE, GREY, inkOf, RED, themed } from "./theme";

/** Options of `probabilityBars`. */
export interface ProbabilityOptions {
  /** The true class, drawn in blue; the predicted class is red unless it is the same. */
  actual?: number;
  title?: string;
}

const BAR = 25;

/**
 * The probability of each class for one image as bars, all grey but two: the true class is blue, and the most probable one
 * is red where it is another. Without a true class the most probable one is blue.
 *
 * @param probabilities - one value 0 to 1 for each class
 * @param names - class names in label order
 * @throws TypeError when there are not as many names as probabilities, RangeError for a true class without a name
 */
export function probabilityBars(
  probabilities: ArrayLike<number>,
  names: readonly string[],
  { actual, title }: ProbabilityOptions = {},
): Figure {
  const values = Array.from(probabilities, (value) => Number(value.toFixed(4)));
  if (values.length !== names.length)
    throw new TypeError(
      `probabilityBars(): ${values.length} probabilities for ${names.length} names; give one for each`,
    );
  if (actual !== undefined && names[actual] === undefined)
    throw new RangeError(
      `probabilityBars(): class ${actual} has no name among ${names.length}; give a name for each class`,
    );
  const best = values.indexOf(Math.max(...values));
  const colours = values.map((_, index) =>
    index === actual ? BLUE : index === best ? (actual === undefined ? BLUE : RED) : GREY,
  );
  const rows = names.map((_, index) => index);
  const bars = { x: values, y: rows, width: 0.66, marker: { color: colours } };
  const hovertext = names.map((name, index) => `${index} ${escapeLabel(name)}: ${percent(values[index])}`);
  return themed(
    [{ type: "bar", orientation: "h", ...bars, hovertext, hoverinfo: "text" }],
    title ?? headline(best, names, actual),
    {
      still: true,
      height: 52 + names.length * BAR + 34,
      margin: { l: Math.max(96, widestOf(names, 12) + 14), r: 12, t: 50, b: 34 },
      xaxis: axis({
        range: [0, 1.14],
        tickvals: [0, 0.25, 0.5, 0.75, 1],
        ticktext: ["0", "25 %", "50 %", "75 %", "100 %"],
      }),
      yaxis: axis({
        range: [names.length - 0.5, -0.5],
        tickvals: rows,
        ticktext: names.map(escapeLabel),
        showgrid: false,
      }),
      annotations: values.map((value, index) => ({
        text: percent(value),
        ...{
          x: value,
          y: index,
          xref: "x",
          yref: "y",
          xanchor: "left",
          yanchor: "middle",
          xshift: 4,
          showarrow: false,
        },
        font: inkOf(colours[index] === GREY ? undefined : colours[index]),
      })),
    },
  );
}

function headline(best: number, names: readonly string[], actual?: number): string {
  const truth = actual === undefined || actual === best ? "" : ` (true: ${escapeLabel(names[actual])})`;
  return `Predicted ${escapeLabel(names[best])}${truth}`;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(value < 0.0995 ? 1 : 0)} %`;
}
