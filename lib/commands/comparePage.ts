import type { Figure } from "../chart/figure";
import { linePanels } from "../chart/linePanels";
import type { Comparison } from "../runner/compareRuns";
import { comparisonRows } from "../runner/formatComparison";
import type { Metric } from "../runner/metrics";
import { chartPage, escapeMarkdown, markdownTable, type PagePart } from "./chartPage";

/** Runs beside one another as a page that works offline: for each lesson a table, and charts of what was recorded. */
export function comparePage(comparisons: Comparison[]): string {
  return chartPage("Runs compared", comparisons.flatMap(lessonParts));
}

/** The charts of a comparison, two values each: over the one parameter that differs where it is a number, else run by run. */
export function comparisonFigures({ parameters, metrics, runs, seconds }: Comparison): Figure[] {
  const [[name, values] = ["", []], ...others] = Object.entries(parameters);
  const isVaried = others.length === 0 && values.length > 0 && values.every((value) => typeof value === "number");
  const numbers = Object.entries({ ...metrics, seconds }).filter(([, column]) =>
    column.some((value) => typeof value === "number"),
  );
  const order = runs.map((_, index) => index);
  if (isVaried) order.sort((a, b) => Number(values[a]) - Number(values[b]));
  const places = order.map((index, place) => (isVaried ? Number(values[index]) : place + 1));
  const options = { place: isVaried ? name : "run", places };
  const panels = numbers.map(([metric, column]) => {
    return { heading: metric, lines: { [metric]: order.map((index) => toNumber(column[index])) } };
  });
  return inPairs(panels).map((pair) => {
    const figure = linePanels(pair, options);
    return { ...figure, layout: { ...figure.layout, showlegend: false, meta: { minWidth: 300 * pair.length } } };
  });
}

function lessonParts(comparison: Comparison): PagePart[] {
  const runs = comparison.runs.map((name, index) => `${index + 1}<br>${escapeMarkdown(name).replace("T", "<br>")}`);
  const table = markdownTable(["", ...runs], comparisonRows(comparison));
  return [`## ${comparison.lesson}\n\n${table}`, ...comparisonFigures(comparison)];
}

function toNumber(value: Metric | null): number {
  return typeof value === "number" ? value : NaN;
}

function inPairs<T>(list: T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / 2) }, (_, pair) => list.slice(2 * pair, 2 * pair + 2));
}
