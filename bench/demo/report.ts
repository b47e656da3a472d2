import { formatTable } from "../../lib/runner/history";
import { median, shownRate, spreadOf } from "../statistics";
import type { Borne } from "./load";

/** A line of the report, as it goes into the file of `--json`. */
export interface Row {
  case: string;
  ours: number;
  /** Null where there was no peer, as are the ratios. */
  peer: number | null;
  unit: "a second" | "ms, median" | "ms, 99 %" | "s" | "MB";
  /** How many times better we are: the median over the rounds. */
  ratio: number | null;
  low: number | null;
  high: number | null;
}

/** The rows of a case out of its rounds, in each of which first we, then the peer, or we alone bore the load. */
export function compareBorne(name: string, rounds: Borne[][]): Row[] {
  return [
    compare(name, "a second", rounds, ({ perSecond }) => perSecond, false),
    compare(name, "ms, median", rounds, (borne) => borne.median, true),
    compare(name, "ms, 99 %", rounds, ({ p99 }) => p99, true),
  ];
}

/** A row of single values, of which less is better. */
export function toRow(name: string, unit: Row["unit"], ours: number, peer: number): Row {
  const ratio = peer / ours;
  return { case: name, ours, peer, unit, ratio, low: ratio, high: ratio };
}

function compare(name: string, unit: Row["unit"], rounds: Borne[][], of: (borne: Borne) => number, less: boolean): Row {
  const ours = median(rounds.map(([mine]) => of(mine)));
  if (rounds[0].length === 1) return { case: name, ours, peer: null, unit, ratio: null, low: null, high: null };
  const peer = median(rounds.map(([, theirs]) => of(theirs)));
  const ratios = rounds.map(([mine, theirs]) => (less ? of(theirs) / of(mine) : of(mine) / of(theirs)));
  return { case: name, ours, peer, unit, ...spreadOf(ratios) };
}

/** The rows as a table for people. */
export function formatRows(rows: Row[]): string {
  const lines = rows.map(({ case: name, unit, ours, peer, ratio, low, high }) => {
    const spread = low === null || low === high ? "" : `${shownRate(low)} to ${shownRate(high)}`;
    return [name, unit, shownRate(ours), shownRate(peer), shownRate(ratio), spread];
  });
  return formatTable([["case", "unit", "ours", "Gradio", "ratio", "lowest to highest"], ...lines]);
}
