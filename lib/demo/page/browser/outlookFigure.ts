import type { Figure, ScatterTrace } from "../../../chart/figure";
import { timeLayout, timeLine } from "../../../chart/salesHistory";
import { BLUE, inHouseLook, ORANGE } from "../../../chart/theme";
import type { SalesOutlook } from "../../api";

/** What the chart is drawn for. */
export interface OutlookView {
  /** Weeks of the past in view; all others can be reached by dragging. */
  past: number;
  /** Colour of texts. */
  ink: string;
  /** Whether there is room for no more than the lines. */
  narrow: boolean;
}

const NARROW_TICKS = 4;

/** History, forecast with its interval, and the baseline. */
export function outlookFigure(outlook: SalesOutlook, { past, ink, narrow }: OutlookView): Figure {
  const { history, forecast, baseline } = outlook;
  const last = history[history.length - 1];
  const joint = { ...last, low: last.sales, high: last.sales };
  const ahead = [joint, ...forecast];
  const line = (
    name: string,
    weeks: { week: string; sales: number }[],
    look: { colour: string; dash?: "dash" | "dot" },
  ) => timeLine(name, { dates: weeks.map(({ week }) => week), values: weeks.map(({ sales }) => sales), ...look });
  const edge = (name: string, bound: "low" | "high", rest: Partial<ScatterTrace>): ScatterTrace => ({
    ...timeLine(name, { dates: ahead.map(({ week }) => week), values: ahead.map((week) => week[bound]), colour: BLUE }),
    ...{ line: { color: BLUE, width: 0 }, hoverinfo: "skip" as const },
    ...rest,
  });
  const traces = [
    line("Sold", history, { colour: BLUE }),
    line("Forecast", ahead, { colour: BLUE, dash: "dash" }),
    edge("Within", "low", {}),
    edge("Within", "high", { fill: "tonexty", fillcolor: "rgba(31, 128, 192, 0.2)" }),
    line("Baseline", [joint, ...baseline], { colour: ORANGE, dash: "dot" }),
  ];
  const layout = timeLayout();
  const from = history[Math.max(0, history.length - past)].week;
  const ticks = { ticklabelstandoff: 6, ...(narrow && { nticks: NARROW_TICKS }) };
  const figure = inHouseLook(traces, "", {
    ...layout,
    height: narrow ? 300 : 400,
    margin: { l: narrow ? 40 : 56, r: 12, t: 8, b: 36 },
    showlegend: false,
    dragmode: narrow ? false : "pan", // a finger scrolls the page
    xaxis: {
      ...layout.xaxis,
      tickangle: 0,
      ...ticks,
      range: [from, (forecast[forecast.length - 1] ?? last).week],
    },
    yaxis: { ...layout.yaxis, fixedrange: true, title: narrow ? undefined : { text: "pieces a week" } },
  });
  figure.layout.font = { ...figure.layout.font, color: ink };
  return figure;
}
