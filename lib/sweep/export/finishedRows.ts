import type { Metric } from "../../runner/metrics";
import { rowTitle } from "../formatStates";
import type { RowValues } from "../gridRows";
import type { ScoredSweep } from "../scoredSweep";

/** A row that ended well, as other tools are told of it. */
export interface FinishedRow {
  id: string;
  /** What differs from other rows, as `seed=3 rate=0.1`; its id where nothing does. */
  title: string;
  parameters: RowValues;
  metrics: Record<string, Metric>;
  /** Numbers of each epoch, by a name that no other number has: "epochs/" and what it was recorded as. */
  curves: Record<string, number[]>;
  /** When it began, in ms since 1970; 0 where that is not known. */
  started: number;
  /** When it ended, in ms since 1970. */
  ended: number;
}

/** The rows of a sweep that ended well, in their order. */
export function finishedRows({ sweep, results }: ScoredSweep): FinishedRow[] {
  return sweep.rows.flatMap((row, index) => {
    const { [index]: result } = results;
    if (result?.status !== "ok") return [];
    const { started = 0, seconds, metrics } = result;
    const curves = Object.fromEntries(
      Object.entries(result.curves ?? {}).map(([name, own]) => [`epochs/${name}`, own]),
    );
    const ended = Math.round(started + 1000 * seconds);
    return [{ ...row, title: rowTitle(row, sweep.varied) || row.id, metrics, curves, started, ended }];
  });
}
