import { adaptive, WIDE } from "./adaptive";
import { airyRange } from "./airyRange";
import { escapeLabel, rounded, SYMBOLS, type Annotation, type Figure, type ScatterTrace } from "./figure";
import { widestOf } from "./textWidth";
import { axis, CLASS_COLOURS, GREY, inHouseLook, LEGEND_BELOW } from "./theme";

/** A row: its name, and a value for each series. */
export interface DotRow {
  name: string;
  /** Values by series, for example { people: 0.83, net: 0.92 }; a series may be missing. */
  values: Readonly<Record<string, number>>;
  /** What stands beside the row, for example a cost. */
  note?: string;
}

/** Options of `dotRows`. */
export interface DotRowsOptions {
  title?: string;
  /** What the values are, below the axis. */
  label?: string;
}

const ROW = 30; // pixels
const LEGEND_DROP = 46; // pixels from the plot to the legend
const FONT_SIZE = 12;

/**
 * Rows with a dot for each series, and a grey line between the dots of a row. The axis need not begin at 0.
 *
 * @throws TypeError when there are no rows
 */
export function dotRows(rows: readonly DotRow[], { title = "", label = "" }: DotRowsOptions = {}): Figure {
  if (rows.length === 0) throw new TypeError("dotRows(): there are no rows; give at least one");
  const series = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  const traces = [...rows.map(spanOf), ...series.map((name, index) => dotsOf(rows, name, index))];
  const isNamed = series.length > 1;
  return adaptive((room) => {
    const names = widestOf(
      rows.map(({ name }) => name),
      FONT_SIZE,
    );
    const notes = widestOf(
      rows.map(({ note = "" }) => note),
      FONT_SIZE,
    );
    const isWide = room >= WIDE;
    const margin = {
      l: names + 14,
      r: isWide && notes > 0 ? notes + 18 : 16,
      t: title ? 52 : 14,
      b: isNamed ? 84 : 50,
    };
    const area = rows.length * ROW;
    const range = airyRange(rows.flatMap(({ values }) => Object.values(values)));
    return inHouseLook(traces, title, {
      ...{ room, still: true, height: margin.t + area + margin.b, margin, showlegend: isNamed },
      legend: { ...LEGEND_BELOW, y: Math.round((-100 * LEGEND_DROP) / area) / 100 },
      xaxis: axis({ range, title: { text: label, standoff: 4 }, tickangle: 0 }),
      yaxis: axis({
        range: [rows.length - 0.5, -0.5],
        tickvals: rows.map((_, row) => row),
        ticktext: rows.map(({ name }) => escapeLabel(name)),
        showgrid: false,
      }),
      annotations: isWide ? rows.flatMap(noteAt) : [],
    });
  });
}

function spanOf({ values }: DotRow, row: number): ScatterTrace {
  const numbers = Object.values(values).filter(Number.isFinite);
  const ends = numbers.length > 0 ? rounded([Math.min(...numbers), Math.max(...numbers)]) : [null, null];
  return {
    ...{ type: "scatter", mode: "lines", x: ends, y: [row, row] },
    ...{ line: { color: GREY, width: 2 }, hoverinfo: "skip", showlegend: false },
  };
}

function dotsOf(rows: readonly DotRow[], series: string, index: number): ScatterTrace {
  const own = rows.flatMap(({ name, values, note }, row) =>
    Number.isFinite(values[series]) ? [{ name, value: values[series], note, row }] : [],
  );
  const color = CLASS_COLOURS[index % CLASS_COLOURS.length];
  return {
    ...{ type: "scatter", mode: "markers", name: series, x: rounded(own.map(({ value }) => value)) },
    y: own.map(({ row }) => row),
    hovertext: own.map(({ name, value, note }) =>
      escapeLabel([`${name}, ${series}: ${rounded([value])}`, note].filter(Boolean).join("; ")),
    ),
    ...{ hoverinfo: "text", marker: { color, size: 9, symbol: SYMBOLS[index % SYMBOLS.length] } },
  };
}

function noteAt({ note }: DotRow, row: number): Annotation[] {
  if (!note) return [];
  const place = { x: 1, y: row, xref: "paper", yref: "y", xanchor: "left" as const, yanchor: "middle" as const };
  return [{ text: escapeLabel(note), ...place, xshift: 8, showarrow: false }];
}
