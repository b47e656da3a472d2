import type { Figure } from "../chart/figure";
import { figureBundle } from "../chart/figureBundle";
import { linePanels } from "../chart/linePanels";
import type { Comparison } from "../runner/compareRuns";
import { comparisonRows } from "../runner/formatComparison";
import type { Metric } from "../runner/metrics";
import type { Cell, Notebook } from "../runner/notebook";
import { toHTML } from "../runner/toHTML";

/** Runs beside one another as a page that works offline: for each lesson a table, and charts of what was recorded. */
export function comparePage(comparisons: Comparison[]): string {
  const cells = [prose("# Runs compared"), ...comparisons.flatMap(lessonCells)];
  const named = cells.map((cell, index) => ({ ...cell, id: `cell-${index + 1}` }));
  const notebook: Notebook = { cells: named, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  return toHTML(notebook, { title: "Runs compared" });
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

function lessonCells(comparison: Comparison): Cell[] {
  const head = [
    "",
    ...comparison.runs.map((name, index) => `${index + 1}<br>${escapeCell(name).replace("T", "<br>")}`),
  ];
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  const rows = comparisonRows(comparison).map((row) => row.map(escapeCell));
  const table = [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
  return [prose(`## ${comparison.lesson}\n\n${table}`), ...comparisonFigures(comparison).map(figureCell)];
}

function escapeCell(text: string): string {
  return text.replace(/[\\|<>&*_`[\]]/g, "\\$&").replace(/\n/g, " ");
}

function prose(source: string): Cell {
  return { cell_type: "markdown", id: "", source, metadata: {}, outputs: [], execution_count: null };
}

function figureCell(figure: Figure): Cell {
  const outputs = [{ output_type: "display_data" as const, data: { ...figureBundle(figure) }, metadata: {} }];
  const metadata = { tags: ["remove-input"] };
  return { cell_type: "code", id: "", source: "// a chart", metadata, outputs, execution_count: null };
}

function toNumber(value: Metric | null): number {
  return typeof value === "number" ? value : NaN;
}

function inPairs<T>(list: T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / 2) }, (_, pair) => list.slice(2 * pair, 2 * pair + 2));
}
