import { adaptive, WIDE } from "./adaptive";
import { escapeLabel, type Annotation, type BarTrace, type Figure, type HeatmapTrace } from "./figure";
import { axis, BLUE, inHouseLook, inkOf, RED } from "./theme";

/** Opacity over share of the row: steep at first, so that a few per cent of errors can be seen. */
const SHADES: [number, number][] = [
  [0, 0.05],
  [0.02, 0.14],
  [0.1, 0.3],
  [0.3, 0.65],
  [1, 1],
];
const ROW = 34;

/** Sizes in pixels, and the share of the width in which the matrix ends and the recall begins. */
interface Sizes {
  row: number;
  left: number;
  count: number;
  text: number;
  ends: [number, number];
}
const LARGE: Sizes = { row: ROW, left: 92, count: 11, text: 12, ends: [0.8, 0.83] };
const SMALL: Sizes = { row: 26, left: 84, count: 9, text: 11, ends: [0.84, 0.86] };

/**
 * Which class was taken for which: rows are the true classes, columns the predicted ones. Right answers are blue, wrong
 * ones red, the deeper the larger their share of the row; at the side the recall, the share of each row that is right.
 *
 * @param matrix - counts, [classes, classes]
 * @param names - class names in label order
 * @throws TypeError when the matrix is not square or does not fit the names
 */
export function confusionMatrix(
  matrix: number[][],
  names: readonly string[],
  { title = "Confusion matrix" } = {},
): Figure {
  const classes = names.length;
  if (matrix.length !== classes || matrix.some((row) => row.length !== classes))
    throw new TypeError(
      `confusionMatrix(): ${matrix.length} rows of ${matrix.map((row) => row.length).join(", ")} counts for ${classes} names; give a square matrix`,
    );
  const totals = matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  const share = (row: number, column: number) => matrix[row][column] / (totals[row] || 1);
  const labels = { tickvals: names.map((_, index) => index), ticktext: names.map(escapeLabel), showgrid: false };
  const rows: [number, number] = [classes - 0.5, -0.5];
  const cells = { matrix, totals, names };
  const traces = [shades(cells, true), shades(cells, false), recallBars(names.map((_, i) => share(i, i)))];
  return adaptive((room) => {
    const sizes = room < WIDE ? SMALL : LARGE;
    const [end, begin] = sizes.ends;
    const font = { size: sizes.text };
    const counts = names.map((_, row) =>
      names.map((_, column) => countAt(row, column, matrix, { share: share(row, column), size: sizes.count })),
    );
    const recall = names.map((_, row) => recallAt(row, share(row, row), sizes));
    return inHouseLook(traces, title, {
      ...{ room, still: true, height: 52 + classes * sizes.row + 98, margin: { l: sizes.left, r: 12, t: 76, b: 98 } },
      xaxis: axis({
        ...{ ...labels, tickfont: font, domain: [0, end], range: [-0.5, classes - 0.5] },
        ...{ tickangle: room < WIDE ? -60 : -40, title: { text: "predicted", standoff: 8 } },
      }),
      yaxis: axis({ ...labels, tickfont: font, range: rows, title: { text: "true", standoff: 8 } }),
      xaxis2: axis({ domain: [begin, 1], anchor: "y", range: [0, 1], showgrid: false, tickvals: [], ticktext: [] }),
      annotations: [...counts.flat(2), ...recall, heading(begin)],
      meta: { minWidth: room < WIDE ? 130 + classes * 20 : 250 + classes * 30 },
    });
  });
}

interface Cells {
  matrix: number[][];
  totals: number[];
  names: readonly string[];
}

function shades({ matrix, totals, names }: Cells, right: boolean): HeatmapTrace {
  const mine = (row: number, column: number) => (row === column) === right;
  const colour = right ? BLUE : RED;
  return {
    type: "heatmap",
    z: matrix.map((counts, i) =>
      counts.map((count, j) => (mine(i, j) ? Number((count / (totals[i] || 1)).toFixed(4)) : null)),
    ),
    text: matrix.map((counts, i) =>
      counts.map((count, j) =>
        mine(i, j)
          ? `true ${escapeLabel(names[i])}, predicted ${escapeLabel(names[j])}<br>${count} of ${totals[i]} (${percent(count / (totals[i] || 1))})`
          : "",
      ),
    ),
    hoverinfo: "text",
    zmin: 0,
    zmax: 1,
    colorscale: SHADES.map(([at, opacity]) => [at, transparent(colour, opacity)]),
    showscale: false,
    xgap: 2,
    ygap: 2,
  };
}

function recallBars(recall: number[]): BarTrace {
  return {
    type: "bar",
    orientation: "h",
    x: recall.map((value) => Number(value.toFixed(4))),
    y: recall.map((_, index) => index),
    xaxis: "x2",
    yaxis: "y",
    width: 0.62,
    marker: { color: transparent(BLUE, 0.85) },
    hoverinfo: "skip",
  };
}

function countAt(
  row: number,
  column: number,
  matrix: number[][],
  { share, size }: { share: number; size: number },
): Annotation[] {
  const count = matrix[row][column];
  if (count === 0) return [];
  const colour = share > 0.3 ? "#ffffff" : undefined;
  return [label(String(count), { x: column, y: row, xref: "x", xanchor: "center", font: inkOf(colour, size) })];
}

function recallAt(row: number, recall: number, { count }: Sizes): Annotation {
  const inside = recall > 0.55;
  const anchor = inside ? { xanchor: "right" as const, xshift: -3 } : { xanchor: "left" as const, xshift: 3 };
  return label(percent(recall, count < 11 ? 0 : 1), {
    x: recall,
    y: row,
    xref: "x2",
    ...anchor,
    font: inkOf(inside ? "#ffffff" : undefined, count),
  });
}

function heading(begin: number): Annotation {
  const place = { x: begin, y: 1, xref: "paper", yref: "paper", xanchor: "left" as const, yanchor: "bottom" as const };
  return { text: "<b>recall</b>", ...place, yshift: 3, showarrow: false };
}

function label(text: string, rest: Pick<Annotation, "x" | "y" | "xref" | "xanchor"> & Partial<Annotation>): Annotation {
  return { text, yref: "y", yanchor: "middle", showarrow: false, ...rest };
}

function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

function transparent(hex: string, opacity: number): string {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}
