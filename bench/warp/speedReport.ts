import { formatTable } from "../../lib/runner/history";
import { median, spreadOf } from "../statistics";
import type { Answer, Case } from "./speedCases";

/** A line of the report, as it goes into the file of `--json`. */
export interface Row {
  case: string;
  /** Threads, and processor cores, that each side has. */
  threads: number;
  /** Median over the rounds, as is the peer's. */
  ours: number;
  peer: number;
  peerName: string;
  unit: Case["unit"];
  /** How many times as good as the peer we are: the median of the rounds' own ratios, with the lowest and the highest. */
  ratio: number;
  low: number;
  high: number;
}

/** What both sides answered in a round. */
export interface Round {
  ours: Answer;
  peer: Answer;
}

/** One line from the rounds of a case. */
export function toRow({ name, threads, unit }: Case, rounds: Round[]): Row {
  const value = ({ count, seconds }: Answer) => (unit === "MB" ? count : count / seconds);
  const ours = rounds.map((round) => value(round.ours));
  const peer = rounds.map((round) => value(round.peer));
  const ratios = ours.map((mine, round) => (unit === "MB" ? peer[round] / mine : mine / peer[round]));
  return { case: name, threads, ours: median(ours), peer: median(peer), peerName: "LightFM", unit, ...spreadOf(ratios) }; // prettier-ignore
}

/** The rows as a table for people. */
export function formatRows(rows: Row[]): string {
  const head = ["case", "threads", "unit", "ours", "LightFM", "ratio", "lowest to highest"];
  const lines = rows.map((row) => [
    row.case,
    String(row.threads),
    row.unit,
    shown(row.ours),
    shown(row.peer),
    row.ratio.toFixed(2),
    `${row.low.toFixed(2)} to ${row.high.toFixed(2)}`,
  ]);
  return formatTable([head, ...lines]);
}

/** Three digits that count, thousands set apart. */
export function shown(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en-US");
}
