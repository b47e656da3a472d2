import { formatTable } from "../../lib/runner/history";
import { shownRate } from "../statistics";

/** A line of the report, as it goes into the file of `--json`. */
export interface Row {
  case: string;
  threads: number;
  ours: number;
  /** Null where the peer did not do it, or not to its end, as are the last three. */
  peer: number | null;
  peerName: string;
  unit: "ms" | "MB";
  /** How many times as much the peer takes: the median over the rounds. */
  ratio: number | null;
  /** The lowest and the highest ratio of a round. */
  low: number | null;
  high: number | null;
}

/** The rows as a table for people. */
export function formatRows(rows: Row[]): string {
  const head = ["case", "unit", "ours", "peer", "", "ratio", "lowest to highest"];
  return formatTable([
    head,
    ...rows.map(({ case: name, unit, ours, peer, peerName, ratio, low, high }) => {
      const spread = low === null ? "" : `${shownRate(low)} to ${shownRate(high)}`;
      return [name, unit, shownRate(ours), shownRate(peer), peerName, shownRate(ratio), spread];
    }),
  ]);
}
