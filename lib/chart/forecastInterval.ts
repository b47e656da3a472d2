import type { Figure, ScatterTrace } from "./figure";
import { timeLayout, timeLine } from "./salesHistory";
import { BLUE, GREEN, ORANGE, themed } from "./theme";

/** A forecast with its interval over the periods it was made for, and what came. */
export interface ForecastIntervalColumns {
  dates: readonly string[];
  /** [dates], what came. */
  actual: ArrayLike<number>;
  /** [dates] */
  forecast: ArrayLike<number>;
  /** [dates], the lower end of the interval. */
  low: ArrayLike<number>;
  /** [dates], the upper end. */
  high: ArrayLike<number>;
}

/** Options of `forecastInterval`. */
export interface ForecastIntervalOptions {
  title?: string;
  /** What the interval is called in the legend, default "interval". */
  interval?: string;
}

/**
 * A forecast as a dashed line in a band, its interval, and what came as a solid line with diamonds where it lies outside.
 *
 * @throws TypeError for another number of values than of dates
 */
export function forecastInterval(
  { dates, actual, forecast, low, high }: ForecastIntervalColumns,
  { title = "Forecast and interval", interval = "interval" }: ForecastIntervalOptions = {},
): Figure {
  const edge = (values: ArrayLike<number>) => timeLine(interval, { dates, values, colour: BLUE });
  const traces = [
    band(interval, edge(low), edge(high)),
    timeLine("Forecast", { dates, values: forecast, colour: BLUE, dash: "dash" }),
    timeLine("Sold", { dates, values: actual, colour: GREEN }),
    missed(timeLine("Outside", { dates, values: actual, colour: ORANGE, mode: "markers" }), low, high),
  ];
  const layout = timeLayout();
  return themed(traces, title, { ...layout, xaxis: { ...layout.xaxis, tickangle: 0 } });
}

/** The area between two lines over the same dates. */
function band(name: string, low: ScatterTrace, high: ScatterTrace): ScatterTrace {
  return {
    ...{ type: "scatter", mode: "lines", name, hoverinfo: "skip", fill: "toself" },
    fillcolor: "rgba(31, 128, 192, 0.2)",
    line: { color: "rgba(31, 128, 192, 0.2)", width: 0 },
    x: [...low.x, ...[...high.x].reverse()],
    y: [...low.y, ...[...high.y].reverse()],
  };
}

function missed(trace: ScatterTrace, low: ArrayLike<number>, high: ArrayLike<number>): ScatterTrace {
  const at = trace.y.flatMap((value, i) => (Number(value) < low[i] || Number(value) > high[i] ? [i] : []));
  const marker = { color: ORANGE, size: 8, symbol: "diamond" as const };
  return { ...trace, x: at.map((i) => trace.x[i]), y: at.map((i) => trace.y[i]), marker };
}
