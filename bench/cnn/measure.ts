import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { streamProgress, type ProgressSink } from "../../lib/runner/progress";
import { duration } from "../../lib/text";
import type { Contender } from "../contender";
import { listCases, PREDICTED, type Answer, type Case, type CaseOptions, type Player, type Task } from "./cases";
import { writeExamples } from "./examples";
import { makePlayers, type Players } from "./players";
import { shownRate } from "../statistics";
import { compareRounds, inUnit, type Round, type Row } from "./report";

/** What is measured, and how often. */
export interface MeasureOptions extends CaseOptions {
  /** The numbers of threads, each on its own. */
  threads: number[];
  rounds: number;
  /** Ends the measurement: what is measured by then is returned. */
  signal: AbortSignal;
}

const BATCH_SIZE = 32;

/**
 * Trains and predicts in turns with the peers: in each round first we, then the peer, and whoever has no turn sleeps. Peers
 * that cannot be had are named and left out.
 */
export async function measureCnn(options: MeasureOptions): Promise<Row[]> {
  const { threads, signal } = options;
  const sink = streamProgress(process.stderr);
  const groups = threads.map((number, place) => ({ number, cases: listCases(options, { all: place === 0 }) }));
  const clock = makeClock(groups.flatMap(({ cases }) => cases).reduce((sum, given) => sum + turnsOf(given, options), 0)); // prettier-ignore
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "atelier-cnn-"));
  const rows: Row[] = [];
  const missing = new Set<Player>();
  try {
    await writeExamples(folder, Math.max(PREDICTED, options.steps * BATCH_SIZE));
    for (const { number, cases } of groups) {
      const players = makePlayers({ threads: number, folder, missing, log: sink.log });
      signal.addEventListener("abort", players.close);
      try {
        for (const given of cases) {
          const row = await measureCase(given, { ...options, threads: number, players, clock, sink, rows });
          if (row) rows.push(row);
        }
      } finally {
        players.close();
        signal.removeEventListener("abort", players.close);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error; // else the error is only that of a contender that was ended
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
  return rows;
}

interface Setting extends Pick<MeasureOptions, "rounds" | "signal"> {
  threads: number;
  players: Players;
  clock: Clock;
  sink: ProgressSink;
  /** Those of the cases before. */
  rows: Row[];
}

async function measureCase(given: Case, setting: Setting): Promise<Row | null> {
  const { threads, players, clock, sink, rows, signal } = setting;
  const turns = turnsOf(given, setting);
  const title = `${given.name}, ${threads} thread${threads === 1 ? "" : "s"}, beside ${given.peer.name}`;
  if (!sink.status) sink.log(`${title} …${clock.left()}`);
  const peer = await players.get(given.peer.player);
  if (!peer && rows.some((row) => row.case === given.name && row.threads === threads)) {
    clock.skip(turns);
    return null;
  }
  const ours = (await players.get("simd"))!;
  const rounds: Round[] = [];
  for (let turn = 1; turn <= turns; turn++) {
    signal.throwIfAborted();
    sink.status?.(`${title}: turn ${turn} of ${turns}${clock.left()}`);
    rounds.push(await clock.during(playRound(given, ours, peer)));
  }
  const row = toRow(given, threads, given.warmUp === false ? rounds : rounds.slice(1));
  const beside = row.peer === null ? ", alone" : ` and ${shownRate(row.peer)}, ratio ${shownRate(row.ratio)}`;
  sink.log(`${title}: ${row.unit}: ${shownRate(row.ours)}${beside}`);
  return row;
}

export async function playRound(given: Case, ours: Contender, peer: Contender | null): Promise<Round> {
  const mine = await ours.ask<Answer>(given.ours);
  const theirs = await peer?.ask<Answer>(given.peer);
  if (theirs && theirs.parameters !== mine.parameters)
    throw new Error(`net ${given.ours.net} has ${mine.parameters} parameters, that of ${given.peer.name} ${theirs.parameters}; they must be the same`); // prettier-ignore
  const perUnit = ({ count }: Task, seconds: number) => seconds / count;
  return { ours: perUnit(given.ours, mine.seconds), ...(theirs && { peer: perUnit(given.peer, theirs.seconds) }) };
}

export function toRow({ name, unit, peer }: Case, threads: number, rounds: Round[]): Row {
  const ours = inUnit(rounds.map((round) => round.ours), unit)!; // prettier-ignore
  const theirs = inUnit(rounds.flatMap((round) => round.peer ?? []), unit); // prettier-ignore
  return { case: name, threads, ours, peer: theirs, peerName: peer.name, unit, ...compareRounds(rounds) };
}

/** Rounds of a case, the one to warm up among them. */
function turnsOf(given: Case, { rounds }: { rounds: number }): number {
  return Math.min(rounds, given.rounds ?? Infinity) + (given.warmUp === false ? 0 : 1);
}

/** Tells how much time is left, as if all turns took the same. */
interface Clock {
  /** Waits for a turn. */
  during<T>(turn: Promise<T>): Promise<T>;
  /** There will be so many fewer. */
  skip(turns: number): void;
  left(): string;
}

function makeClock(turns: number): Clock {
  let [remaining, passed, time] = [turns, 0, 0];
  async function during<T>(turn: Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await turn;
    time += performance.now() - started;
    passed++;
    remaining--;
    return result;
  }
  return {
    during,
    skip: (number) => void (remaining -= number),
    left: () => (passed === 0 ? "" : `, about ${duration((time / passed) * remaining)} left`),
  };
}
