import { adaptive, WIDE } from "./adaptive";
import { extent } from "./extent";
import type { Annotation, Figure, ScatterTrace } from "./figure";
import { GRID } from "./ink";
import { axis, BLUE, GREY, inHouseLook, inkOf, RED } from "./theme";

/** One item that was drawn, in the order of the draws. */
export interface WarpDraw {
  score: number;
  /** Whether the user has it, so that it cannot be a negative. */
  own?: boolean;
}

/**
 * The search of WARP for one user and one item the user chose: a row for each draw, at its score. The blue line is the
 * chosen item, and what lies right of the shaded edge comes too close to it. The first of these that is none of the
 * user's own is the violator, in red.
 *
 * @param chosen - the score of the chosen item
 * @param options - settings by name
 * @param options.margin - by how much the chosen item has to lead; default 1
 */
export function warpDraws(
  chosen: number,
  draws: readonly WarpDraw[],
  { margin = 1, title = "Draws until one is ranked wrongly" } = {},
): Figure {
  const edge = chosen - margin;
  const violator = draws.findIndex(({ score, own }) => score > edge && !own);
  const scores = [...draws.map(({ score }) => score), chosen, edge];
  const [least, largest] = extent(scores);
  const span = largest - least || 1;
  const range: [number, number] = [least - 0.12 * span, largest + 0.12 * span];
  const rows: [number, number] = [draws.length + 0.6, 0.3];
  const colourOf = (draw: number) => (draw === violator ? RED : GREY);
  const dots = draws.map(({ score, own }, draw): ScatterTrace => {
    const marker = { color: colourOf(draw), size: 11, symbol: own ? ("x" as const) : ("circle" as const) };
    const hovertemplate = `draw ${draw + 1}: score %{x:.3f}<extra></extra>`;
    return { type: "scatter", mode: "markers", x: [round(score)], y: [draw + 1], marker, hovertemplate };
  });
  const traces = [upright(chosen, rows, BLUE), upright(edge, rows, GREY), ...dots];
  return adaptive((room) =>
    inHouseLook(traces, title, {
      ...{ room, still: true, height: 130 + 30 * draws.length, margin: { l: 64, r: 112, t: 84, b: 48 } },
      xaxis: axis({ range, showgrid: false, title: { text: "score for this customer", standoff: 4 } }),
      yaxis: axis({
        range: rows,
        showgrid: false,
        tickvals: draws.map((_, draw) => draw + 1),
        ticktext: draws.map((_, draw) => `draw ${draw + 1}`),
      }),
      shapes: [
        {
          ...{ type: "rect", xref: "x", yref: "paper", x0: round(edge), x1: range[1], y0: 0, y1: 1 },
          ...{ fillcolor: GRID, line: { width: 0 }, layer: "below" },
        },
      ],
      annotations: [
        above("chosen", chosen, { xanchor: "left", color: BLUE }),
        above(`chosen − ${margin}`, edge, { xanchor: "right" }),
        ...draws.map((draw, index) => note(draw, index, { edge, violator })),
      ],
      meta: { minWidth: room < WIDE ? 0 : 420 },
    }),
  );
}

function upright(at: number, rows: [number, number], color: string): ScatterTrace {
  const [x, y] = [[round(at), round(at)], [...rows]];
  return { type: "scatter", mode: "lines", x, y, hoverinfo: "skip", line: { color, width: 2, dash: "dash" } };
}

/** The name of a line, at its upper end and on the side away from the other line. */
function above(text: string, x: number, { xanchor, color }: { xanchor: "left" | "right"; color?: string }): Annotation {
  const place = { x: round(x), y: 1, xref: "x", yref: "paper", xanchor, yanchor: "bottom" as const };
  return { text, ...place, xshift: xanchor === "left" ? -6 : 6, yshift: 4, showarrow: false, font: inkOf(color) };
}

/** What comes of a draw: in its row, right of the plot, where no line and no dot is. */
function note(
  { score, own }: WarpDraw,
  draw: number,
  { edge, violator }: { edge: number; violator: number },
): Annotation {
  const text = own ? "bought already" : draw === violator ? "<b>violator</b>" : score > edge ? "" : "far enough";
  const place = { x: 1, y: draw + 1, xref: "paper", yref: "y", xanchor: "left" as const, yanchor: "middle" as const };
  return { text, ...place, xshift: 8, showarrow: false, font: inkOf(draw === violator ? RED : undefined) };
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
