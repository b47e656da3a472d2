import { rounded, type Dash, type Figure, type Layout, type ScatterTrace } from "./figure";
import { axis, BLUE, GREY, LEGEND_BELOW, ORANGE, RED, themed } from "./theme";

/** Parallel columns, one entry a week; dates as ISO text, e.g. "2020-01-05". */
export interface SalesColumns {
  dates: readonly string[];
  sales: ArrayLike<number>;
  mentions: ArrayLike<number>;
  /** Other than 0 where a promotion was: a mark on the line of sales; default none. */
  promotions?: ArrayLike<number>;
}

/**
 * Weekly sales and social mentions over time.
 *
 * @throws TypeError when there are not as many sales, mentions or promotions as dates
 */
export function salesHistory(columns: SalesColumns, { title = "Weekly sales and social mentions" } = {}): Figure {
  const { dates, sales, mentions, promotions } = columns;
  const traces = [
    timeLine("Sales", { dates, values: sales, colour: BLUE }),
    timeLine("Mentions", { dates, values: mentions, colour: ORANGE }),
    ...(promotions ? [promotionMarks(dates, sales, promotions)] : []),
  ];
  return themed(traces, title, timeLayout());
}

function promotionMarks(
  dates: readonly string[],
  sales: ArrayLike<number>,
  promotions: ArrayLike<number>,
): ScatterTrace {
  const line = timeLine("Promotion", { dates, values: promotions, colour: RED, mode: "markers" });
  const at = Array.from(promotions).flatMap((promotion, week) => (promotion === 0 ? [] : [week]));
  const y = rounded(at.map((week) => sales[week]));
  return { ...line, x: at.map((week) => line.x[week]), y, marker: { color: RED, size: 7, symbol: "diamond" } };
}

/** Numbers over time. */
export interface TimeLine {
  dates: readonly string[];
  values: ArrayLike<number>;
  colour: string;
  dash?: Dash;
  mode?: ScatterTrace["mode"];
}

/**
 * One named line over dates.
 *
 * @throws TypeError when there are not as many values as dates
 * @internal
 */
export function timeLine(
  name: string,
  { dates, values, colour, dash = "solid", mode = "lines" }: TimeLine,
): ScatterTrace {
  if (dates.length !== values.length)
    throw new TypeError(`${name}: ${values.length} values for ${dates.length} dates; give one value for each date`);
  return {
    type: "scatter",
    mode,
    name,
    x: dates.map((date) => date.slice(0, 10)),
    y: rounded(values),
    line: { color: colour, width: 2, dash },
    ...(mode === "lines" ? {} : { marker: { color: colour, size: 4, symbol: "circle" as const } }),
  };
}

const SPIKE = { spikecolor: GREY, spikethickness: 1, spikedash: "solid" as const };

/**
 * The layout that the charts over time share.
 *
 * @internal
 */
export function timeLayout(): Partial<Layout> & { height: number } {
  return {
    height: 400,
    margin: { l: 52, r: 32, t: 56, b: 66 },
    showlegend: true,
    legend: LEGEND_BELOW,
    hovermode: "x unified",
    xaxis: axis({ type: "date", showgrid: false, ticklabelstandoff: 6, ...SPIKE }),
    yaxis: axis({ rangemode: "tozero", title: { text: "a week" } }),
  };
}
