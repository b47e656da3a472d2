import { formatTable } from "../../lib/runner/history";
import { median, shownRate, spreadOf } from "../statistics";

/** A net trained or predicted with in turns, as it goes into the file of `--json`. */
export interface Row {
  case: string;
  threads: number;
  ours: number;
  /** Null where there was no peer, as are those that follow from it. */
  peer: number | null;
  peerName: string;
  unit: "ms a step";
  /** How many times as fast as the peer we are: the median over the rounds. */
  ratio: number | null;
  low: number | null;
  high: number | null;
  /** The most memory that each process held. */
  oursMegabytes: number;
  peerMegabytes: number | null;
}

/** Seconds a step of one round. */
export interface Round {
  ours: number;
  peer?: number;
}

/** A row from its rounds. */
export function toRow(rounds: Round[], rest: Pick<Row, "case" | "threads" | "oursMegabytes" | "peerMegabytes">): Row {
  const peers = rounds.flatMap(({ peer }) => (peer === undefined ? [] : [peer]));
  const spread = peers.length > 0 ? spreadOf(rounds.map(({ ours, peer }) => peer! / ours)) : null;
  return {
    ...rest,
    ours: 1000 * median(rounds.map(({ ours }) => ours)),
    peer: peers.length > 0 ? 1000 * median(peers) : null,
    peerName: "Keras",
    unit: "ms a step",
    ...(spread ?? { ratio: null, low: null, high: null }),
  };
}

/** The geometric mean: of ratios the one that treats twice as fast and half as fast alike. NaN of none. */
export function geometricMean(values: number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** The rows as a table for people, and for each number of threads the mean of the ratios and the lowest one. */
export function formatRows(rows: Row[]): string {
  const head = ["net", "threads", "ours, ms", "Keras, ms", "ratio", "lowest to highest", "ours, MB", "Keras, MB"];
  const whole = (value: number | null) => (value === null ? "-" : String(Math.round(value)));
  const table = formatTable([
    head,
    ...rows.map((row) => {
      const spread = row.low === null ? "" : `${shownRate(row.low)} to ${shownRate(row.high)}`;
      const rates = [row.ours, row.peer, row.ratio].map(shownRate);
      return [row.case, String(row.threads), ...rates, spread, whole(row.oursMegabytes), whole(row.peerMegabytes)];
    }),
  ]);
  return [table, ...summaries(rows)].join("\n");
}

function summaries(rows: Row[]): string[] {
  return [...new Set(rows.map(({ threads }) => threads))].flatMap((threads) => {
    const compared = rows.filter((row) => row.threads === threads && row.ratio !== null);
    if (compared.length === 0) return [];
    const lowest = compared.reduce((a, b) => (a.ratio! < b.ratio! ? a : b));
    const mean = shownRate(geometricMean(compared.map(({ ratio }) => ratio!)));
    const on = `${threads} thread${threads === 1 ? "" : "s"}`;
    return [`On ${on}: geometric mean of the ratios ${mean}, the lowest ${shownRate(lowest.ratio)} (${lowest.case}).`];
  });
}
