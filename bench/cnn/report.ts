import { formatTable } from "../../lib/runner/history";
import { median, shownRate, spreadOf } from "../statistics";

/** Seconds one unit of work took both sides in a round. */
export interface Round {
  ours: number;
  /** Missing where there is no peer. */
  peer?: number;
}

/** A line of the report, as it goes into the file of `--json`. */
export interface Row {
  case: string;
  /** Cores that both sides may use. */
  threads: number;
  ours: number;
  /** Null where there was no peer, as are the last three. */
  peer: number | null;
  peerName: string;
  unit: Unit;
  /** How many times as fast as the peer we are: the median over the rounds. */
  ratio: number | null;
  /** The lowest and the highest ratio of a round. */
  low: number | null;
  high: number | null;
}

export type Unit = "ms a step" | "images a second";

/** Median, lowest and highest of the rounds, each of which gives a ratio of its own: what slows both at once is left out. */
export function compareRounds(rounds: Round[]): Pick<Row, "ratio" | "low" | "high"> {
  const ratios = rounds.flatMap(({ ours, peer }) => (peer === undefined ? [] : [peer / ours]));
  if (ratios.length === 0) return { ratio: null, low: null, high: null };
  return spreadOf(ratios);
}

/** The median of the rounds of one side, in the unit of the case; null without rounds. */
export function inUnit(seconds: number[], unit: Unit): number | null {
  if (seconds.length === 0) return null;
  return unit === "ms a step" ? 1000 * median(seconds) : 1 / median(seconds);
}

/** The rows as a table for people. */
export function formatRows(rows: Row[]): string {
  const head = ["case", "threads", "unit", "ours", "peer", "", "ratio", "lowest to highest"];
  return formatTable([
    head,
    ...rows.map((row) => {
      const spread = row.low === null ? "" : `${shownRate(row.low)} to ${shownRate(row.high)}`;
      const sides = [shownRate(row.ours), shownRate(row.peer), row.peerName];
      return [row.case, String(row.threads), row.unit, ...sides, shownRate(row.ratio), spread];
    }),
  ]);
}
