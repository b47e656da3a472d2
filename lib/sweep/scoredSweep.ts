import { readRowResult, type RowResult } from "./rowResult";
import type { Sweep, SweepRow } from "./sweepFolder";

/** A row that has ended, with its score. */
export interface ScoredRow {
  row: SweepRow;
  result: RowResult;
  score: number;
}

/** A sweep with the results that are there. */
export interface ScoredSweep {
  sweep: Sweep;
  /** One for each row, in their order; undefined where it has not ended. */
  results: (RowResult | undefined)[];
  /** The recorded value by which rows are good. */
  metric: string;
  isLeastBest: boolean;
  /** The rows that ended well and recorded the metric as a number, best first. */
  ranked: ScoredRow[];
}

/**
 * Reads the results of a sweep and ranks its rows.
 *
 * @param options.metric - default what the sweep says, or else the first number that a row has recorded
 * @throws RangeError, in one line, where no row has recorded that metric as a number, with those there are
 */
export function scoredSweep(
  sweep: Sweep,
  folderOf: (row: SweepRow) => string,
  { metric = sweep.metric, isLeastBest = sweep.isLeastBest ?? false }: { metric?: string; isLeastBest?: boolean } = {},
): ScoredSweep {
  const results = sweep.rows.map((row) => readRowResult(folderOf(row)));
  const names = numbersIn(results);
  const chosen = metric ?? names[0];
  if (chosen === undefined || !names.includes(chosen)) throw noMetric(sweep, metric, names);
  const ranked = sweep.rows.flatMap((row, index) => {
    const { [index]: result } = results;
    const score = result?.status === "ok" ? result.metrics[chosen] : undefined;
    return result && typeof score === "number" ? [{ row, result, score }] : [];
  });
  ranked.sort((a, b) => (isLeastBest ? a.score - b.score : b.score - a.score));
  return { sweep, results, metric: chosen, isLeastBest, ranked };
}

function numbersIn(results: (RowResult | undefined)[]): string[] {
  const fine = results.filter((result) => result?.status === "ok");
  const entries = fine.flatMap((result) => Object.entries(result!.metrics));
  return [...new Set(entries.flatMap(([name, value]) => (typeof value === "number" ? [name] : [])))];
}

function noMetric({ name }: Sweep, metric: string | undefined, names: string[]): RangeError {
  const there =
    names.length > 0
      ? `there are ${names.join(", ")}`
      : "none of its rows has recorded a number yet; use record(name, value)";
  return new RangeError(
    `The sweep ${name} has no number ${metric === undefined ? "to rank its rows by" : `"${metric}"`}; ${there}`,
  );
}
