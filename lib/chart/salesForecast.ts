import { escapeLabel, type Figure, type Shape } from "./figure";
import { timeLayout, timeLine, type SalesColumns } from "./salesHistory";
import { BLUE, GREEN, ORANGE, PURPLE, themed } from "./theme";

/** A history and its forecast. */
export interface ForecastColumns extends SalesColumns {
  forecastDates: readonly string[];
  forecastSales: ArrayLike<number>;
  forecastMentions: ArrayLike<number>;
}

/** Options of `salesForecast`. */
export interface ForecastOptions {
  /** Default "Sales and mentions: the next 4 weeks", with their number. */
  title?: string;
  /** How many of the weeks known the chart shows at first, the last ones; default 26. Plotly's zoom shows the others. */
  recent?: number;
  /** More lines to compare with, such as a naive baseline or the held-out truth, drawn dotted. */
  extra?: { name: string; dates: readonly string[]; values: ArrayLike<number> }[];
}

const END_AIR = 3 * 86_400_000; // ms, so that the last dot is whole
const EXTRA_COLOURS = [GREEN, PURPLE, "#9c6b4e", "#4fb3e8"];

/**
 * History and forecast of both columns in one chart: solid until the last week known, dashed from there on, over a
 * light band.
 *
 * @throws TypeError for another number of values than of dates, or where either part is empty
 */
export function salesForecast(
  columns: ForecastColumns,
  { title, recent = 26, extra = [] }: ForecastOptions = {},
): Figure {
  const { dates, sales, mentions, forecastDates, forecastSales, forecastMentions } = columns;
  const last = dates.length - 1;
  if (dates.length === 0 || forecastDates.length === 0)
    throw new TypeError(
      `salesForecast(): ${dates.length} weeks known and ${forecastDates.length} forecast; give one of each at least`,
    );
  const ahead = (name: string, [past, future]: ArrayLike<number>[], colour: string) =>
    timeLine(name, {
      dates: [dates[last], ...forecastDates],
      values: [past[last], ...Array.from(future)],
      ...{ colour, dash: "dash", mode: "lines+markers" },
    });
  const traces = [
    timeLine("Historical Sales", { dates, values: sales, colour: BLUE }),
    timeLine("Historical Mentions", { dates, values: mentions, colour: ORANGE }),
    ahead("Forecast Sales", [sales, forecastSales], BLUE),
    ahead("Forecast Mentions", [mentions, forecastMentions], ORANGE),
    ...extra.map(({ name, ...line }, index) =>
      timeLine(escapeLabel(name), { ...line, colour: EXTRA_COLOURS[index % EXTRA_COLOURS.length], dash: "dot" }),
    ),
  ];
  const end = new Date(Date.parse(forecastDates[forecastDates.length - 1]) + END_AIR).toISOString();
  const shown = [dates[Math.max(0, dates.length - recent)], end];
  const layout = timeLayout();
  return themed(traces, title ?? `Sales and mentions: the next ${forecastDates.length} weeks`, {
    ...layout,
    xaxis: { ...layout.xaxis, range: shown.map((date) => date.slice(0, 10)) as [string, string] },
    shapes: [band(dates[last], forecastDates[forecastDates.length - 1])],
  });
}

function band(from: string, to: string): Shape {
  const span = { x0: from.slice(0, 10), x1: to.slice(0, 10), y0: 0, y1: 1, xref: "x", yref: "paper" };
  return { type: "rect", ...span, fillcolor: "rgba(128, 137, 150, 0.13)", line: { width: 0 }, layer: "below" };
}
