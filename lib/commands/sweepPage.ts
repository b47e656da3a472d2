import { dotRows } from "../chart/dotRows";
import type { Figure } from "../chart/figure";
import { parallelCoordinates } from "../chart/parallelCoordinates";
import { spreadCurves } from "../chart/spreadCurves";
import { shownMetric } from "../runner/metrics";
import { groupRows } from "../sweep/groupRows";
import { importance } from "../sweep/importance";
import type { ScoredRow, ScoredSweep } from "../sweep/scoredSweep";
import { studiedParameters } from "../sweep/studiedParameters";
import { duration, shownNumber } from "../text";
import { chartPage, markdownTable, type PagePart } from "./chartPage";
import { epochCurves } from "./epochCurves";

/** A sweep as a page that works offline: its best rows, all rows as lines, each parameter's curve, the epochs, and what matters most. */
export function sweepPage(scored: ScoredSweep): string {
  const { sweep, metric, isLeastBest, ranked } = scored;
  const best = isLeastBest ? "least" : "greatest";
  const parts: PagePart[] = [
    `${facts(scored)} Rows are ranked by \`${metric}\`; the ${best} is the best.`,
    `## The best rows\n\n${markdownTable(...bestTable(scored, MOST_BEST))}`,
    ...section("All rows", allRows(scored), "Each line is a row."),
    ...section("Each parameter", curves(scored), BAND),
    ...section("Over the epochs", epochCurves(scored), EPOCHS),
    ...section("What matters most", importances(scored), METHOD),
    `## All numbers\n\n${markdownTable(...numbersTable(ranked))}`,
  ];
  return chartPage(`Sweep ${sweep.name}`, parts);
}

/** The best rows as the head and the rows of a table: place, parameters that differ, recorded values, time. */
export function bestTable({ sweep, metric, ranked }: ScoredSweep, most: number): [head: string[], rows: string[][]] {
  const best = ranked.slice(0, most);
  const names = [...new Set(best.flatMap(({ result }) => Object.keys(result.metrics)))];
  const metrics = [metric, ...names.filter((name) => name !== metric)];
  const rows = best.map(({ row, result }, place) => [
    String(place + 1),
    ...sweep.varied.map((name) => shownValue(row.parameters[name])),
    ...metrics.map((name) => (name in result.metrics ? shownMetric(result.metrics[name]) : "")),
    duration(result.seconds * 1000),
  ]);
  return [["", ...sweep.varied, ...metrics, "time"], rows];
}

const MOST_BEST = 20; // rows in the table
const MOST_LINES = 6; // lines in one chart of curves
const BAND = [
  "Each line is the mean, in a band from the least to the greatest of all rows with that value, those of other seeds",
  "among them. Where the numbers are many, neighbours stand together at their middle (≈).",
].join(" ");
const EPOCHS = [
  "Each line is the mean after each epoch, in a band from the least to the greatest of the rows that got so far. There is a",
  "line for each value of the first parameter that is no seed: for the six with the best rows where they are more.",
].join(" ");
const METHOD = [
  "The share of the variance that a parameter explains by itself: the correlation ratio over groups of its values",
  "(Pearson, 1905), without its bias (Kelley, 1935). What two parameters do only together is not in it. A parameter",
  "of which each value has one row is left out.",
].join(" ");

function section(heading: string, figures: Figure[], text: string): PagePart[] {
  return figures.length > 0 ? [`## ${heading}\n\n${text}`, ...figures] : [];
}

function facts({ sweep, results, ranked }: ScoredSweep): string {
  const failed = results.filter((result) => result?.status === "failed").length;
  const left = sweep.rows.length - failed - results.filter((result) => result?.status === "ok").length;
  const counts = [`${ranked.length} of ${sweep.rows.length} rows have a score`];
  if (failed > 0) counts.push(`${failed} failed`);
  if (left > 0) counts.push(`${left} are left`);
  return `${counts.join(", ")}.`;
}

function allRows({ sweep, metric, ranked, isLeastBest }: ScoredSweep): Figure[] {
  if (ranked.length < 2 || sweep.varied.length === 0) return [];
  const count = Math.max(1, Math.min(5, Math.floor(ranked.length / 10)));
  const axes = sweep.varied.map((name) => ({ name, values: ranked.map(({ row }) => axisValue(row.parameters[name])) }));
  const scores = { name: metric, values: ranked.map(({ score }) => score), isScore: true };
  const best = Array.from({ length: count }, (_, row) => row);
  const which = isLeastBest ? "least" : "greatest";
  const bestName = count === 1 ? `the row of the ${which} ${metric}` : `the ${count} rows of the ${which} ${metric}`;
  return [parallelCoordinates([...axes, scores], { best, bestName })];
}

/** One chart for each parameter that is no seed: the score over its values, a line for each value of another one if there is one. */
function curves({ sweep, metric, ranked }: ScoredSweep): Figure[] {
  const names = studiedParameters(sweep);
  return names.flatMap((name) => {
    const others = names.filter((other) => other !== name);
    const groups = others.length === 1 ? groupRows(ranked, others[0]) : [];
    const lines = groups.length > 1 && groups.length <= MOST_LINES ? groups : [{ label: metric, rows: ranked }];
    const places = groupRows(ranked, name);
    const titled = lines.map(({ label, rows }) => ({
      name: lines === groups ? `${others[0]} ${label}` : label,
      runs: places.map((place) => rows.filter((row) => place.rows.includes(row)).map(({ score }) => score)),
    }));
    const full = places.map((_, at) => titled.every(({ runs }) => runs[at].length > 0));
    if (full.filter(Boolean).length < 2) return [];
    const kept = titled.map((line) => ({ ...line, runs: line.runs.filter((_, at) => full[at]) }));
    const labels = places.flatMap(({ label }, at) => (full[at] ? [label] : []));
    const figure = spreadCurves(kept, labels, { place: name, score: metric });
    return [{ ...figure, layout: { ...figure.layout, showlegend: kept.length > 1 } }];
  });
}

function importances({ sweep, metric, ranked }: ScoredSweep): Figure[] {
  const scores = ranked.map(({ score }) => score);
  const shares = sweep.varied
    .map((name) => ({
      name,
      share: importance(
        ranked.map(({ row }) => row.parameters[name]),
        scores,
      ),
    }))
    .filter(({ share }) => Number.isFinite(share))
    .sort((a, b) => b.share - a.share);
  if (shares.length === 0) return [];
  const rows = shares.map(({ name, share }) => ({ name, values: { [metric]: share }, note: share.toFixed(2) }));
  return [dotRows(rows, { label: `share of the variance of ${metric}` })];
}

function numbersTable(ranked: ScoredRow[]): [head: string[], rows: string[][]] {
  const names = [...new Set(ranked.flatMap(({ result }) => Object.keys(result.metrics)))];
  const rows = names.flatMap((name) => {
    const values = ranked.map(({ result }) => result.metrics[name]).filter((value) => typeof value === "number");
    if (values.length === 0) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const spread = values.length > 1 ? shownNumber(Math.sqrt(squares / (values.length - 1))) : "";
    const ends = [Math.min(...values), Math.max(...values)].map(shownNumber);
    return [[name, String(values.length), shownNumber(mean), spread, ...ends]];
  });
  return [["", "rows", "mean", "standard deviation", "least", "greatest"], rows];
}

function axisValue(value: unknown): number | string {
  return typeof value === "number" ? value : shownValue(value);
}

function shownValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
