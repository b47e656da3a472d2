/// <reference lib="dom" />
import type { SalesOutlook } from "../../api";
import { byId, element } from "./element";

/** Shows all of a forecast but its lines: facts, legend, table, and the chart's name for those who do not see it. */
export function showOutlook(outlook: SalesOutlook): void {
  byId("facts").replaceChildren(...factsOf(outlook));
  byId("lines").replaceChildren(...legendOf(outlook));
  byId("table").replaceChildren(...tableOf(outlook));
  byId("chart").setAttribute("aria-label", sentenceOf(outlook));
}

/** A number of weeks in words. */
export function weeks(count: number): string {
  return count === 1 ? "1 week" : `${count} weeks`;
}

/** The chart in words. */
export function sentenceOf({ category, forecast, coverage }: SalesOutlook): string {
  const [next, last] = [forecast[0], forecast[forecast.length - 1]];
  const span = ({ sales, low, high }: typeof next) => `${sales}, with ${percent(coverage)} between ${low} and ${high}`;
  return `${category}: pieces sold in the week of ${day(next.week)}: ${span(next)}; in that of ${day(last.week)}: ${span(last)}.`;
}

function legendOf({ coverage, baselineName }: SalesOutlook): HTMLElement[] {
  const lines = [
    ["past", "Sold"],
    ["ahead", "Forecast"],
    ["within", `${percent(coverage)} of weeks should lie here`],
    ["rival", `Baseline: ${baselineName}`],
  ];
  return lines.map(([kind, name]) => element("li", {}, element("span", { class: `swatch ${kind}` }), name));
}

function factsOf(outlook: SalesOutlook): HTMLElement[] {
  const { forecast, typicalError, baselineName, coverage } = outlook;
  const [next, last] = [forecast[0], forecast[forecast.length - 1]];
  const total = forecast.reduce((sum, { sales }) => sum + sales, 0);
  const facts = [
    ["Next week", shown(next.sales), `${percent(coverage)} of weeks: ${shown(next.low)} to ${shown(next.high)}`],
    [
      `Week of ${day(last.week)}`,
      shown(last.sales),
      `${percent(coverage)} of weeks: ${shown(last.low)} to ${shown(last.high)}`,
    ],
    [`All ${weeks(forecast.length)}`, shown(total), "pieces, all weeks together"],
  ];
  if (typicalError) {
    const [ours, rival] = [percent(typicalError.forecast), percent(typicalError.baseline)];
    facts.push(["Typical error", ours, `the baseline, ${baselineName}: ${rival}; both on weeks not seen before`]);
  }
  return facts.map(([name, value, note]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value), element("dd", { class: "note" }, note)),
  );
}

function tableOf({ category, forecast, baseline, baselineName, coverage }: SalesOutlook): HTMLElement[] {
  const heads = ["Week of", "Forecast", `From (${percent(coverage)})`, "To", `Baseline: ${baselineName}`];
  const rows = forecast.map(({ week, sales, low, high }, place) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, day(week)),
      ...[sales, low, high, baseline[place].sales].map((value) => element("td", {}, shown(value))),
    ),
  );
  return [
    element("caption", {}, `${category}: forecast of the pieces sold a week`),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows),
  ];
}

/** "2026-06-21" as "21 Jun 2026". */
function day(week: string): string {
  return new Date(week).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
}

function shown(value: number): string {
  return value.toLocaleString("en");
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
