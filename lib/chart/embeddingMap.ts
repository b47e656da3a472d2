import { adaptive, WIDE } from "./adaptive";
import { escapeLabel, rounded, SYMBOLS, type Figure, type ScatterTrace } from "./figure";
import { axis, CLASS_COLOURS, inHouseLook, LEGEND_BELOW } from "./theme";

/** Options of `embeddingMap`. */
export interface EmbeddingOptions {
  title?: string;
  /** How many points to draw at most, taken at even steps; default 1500. */
  limit?: number;
}

/**
 * Points in the plane, one colour and one symbol for each class. Points whose label has no name are left out.
 *
 * @param points - [n, 2], for instance from `principalComponents`
 * @param labels - class number of each point
 * @param names - class names in label order
 * @throws TypeError when there are not two coordinates for each label
 */
export function embeddingMap(
  points: ArrayLike<number>,
  labels: ArrayLike<number>,
  names: readonly string[],
  { title = "Embedding map", limit = 1500 }: EmbeddingOptions = {},
): Figure {
  if (points.length !== 2 * labels.length)
    throw new TypeError(
      `embeddingMap(): ${points.length} coordinates for ${labels.length} labels; give two for each label`,
    );
  const step = Math.max(1, labels.length / limit);
  const drawn = Array.from({ length: Math.min(limit, labels.length) }, (_, index) => Math.floor(index * step));
  const traces = names.map((name, label) => {
    const mine = drawn.filter((index) => labels[index] === label);
    return classTrace(`${label} ${escapeLabel(name)}`, label, {
      x: mine.map((index) => points[2 * index]),
      y: mine.map((index) => points[2 * index + 1]),
    });
  });
  return adaptive((room) =>
    inHouseLook(traces, title, {
      ...{ room, height: 480, margin: { l: 52, r: 16, t: 56, b: 58 } },
      showlegend: true,
      ...(room < WIDE ? below(names.length) : { legend: BESIDE }),
      xaxis: axis({ title: { text: "component 1" } }),
      yaxis: axis({ title: { text: "component 2" } }),
    }),
  );
}

const BESIDE = {
  ...{ orientation: "v" as const, itemsizing: "constant", bgcolor: "rgba(0,0,0,0)" },
  ...{ x: 1.01, xanchor: "left", y: 1, yanchor: "top" },
};
/** Under the plot, two names in a line. */
function below(names: number) {
  const room = 66 + 19 * Math.ceil(names / 2);
  const legend = { ...LEGEND_BELOW, itemsizing: "constant" };
  return { height: 376 + room, margin: { l: 52, r: 16, t: 56, b: room }, legend };
}

function classTrace(name: string, label: number, { x, y }: { x: number[]; y: number[] }): ScatterTrace {
  const marker = { size: 6, opacity: 0.8, color: CLASS_COLOURS[label % 10], symbol: SYMBOLS[label % 10] };
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: rounded(x),
    y: rounded(y),
    marker,
    hovertemplate: `${name}<extra></extra>`,
  };
}
