import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { projectRoot, typeScriptLoader } from "../../lib/files";
import { numpyRandom } from "../../lib/random";
import { streamProgress, type ProgressSink } from "../../lib/runner/progress";
import { startContender, type Contender, type ContenderOptions } from "../contender";
import { lightfmPython, writeData, type PeerData } from "./peer";
import { plantedSet } from "./planted";
import { loadRetail } from "./retail";
import { listCases, type Answer, type Case, type CaseOptions, type Turn } from "./speedCases";
import { shown, toRow, type Round, type Row } from "./speedReport";

/** What is measured, and how often. */
export interface SpeedOptions extends CaseOptions {
  rounds: number;
  /** Ends the measurement: what is measured by then is returned. */
  signal: AbortSignal;
}

/** 166 choices of each user. */
const PLANTED = { users: 6040, items: 3706, entries: 1_002_640 };

/**
 * Our recommender in its default form and LightFM with its default flags in turns, in processes that stay: in each round
 * first we, then LightFM, and whoever has no turn sleeps. A turn trains a new model, checks of the arguments and all; the
 * first round of a case warms up and does not count.
 */
export async function measureSpeed(options: SpeedOptions): Promise<Row[]> {
  const { signal } = options;
  const cases = listCases(options);
  const sink = streamProgress(process.stderr);
  const players = makePlayers(lightfmPython("fast"));
  const rows: Row[] = [];
  signal.addEventListener("abort", players.close);
  try {
    for (const [place, given] of cases.entries()) {
      const row = await measureCase(given, { ...options, players, sink, title: `${place + 1} of ${cases.length}: ` });
      rows.push(row);
    }
  } catch (error) {
    if (!signal.aborted) throw error; // else the error is only that of a contender that was ended
  } finally {
    players.close();
  }
  return rows;
}

async function measureCase(
  given: Case,
  { rounds, players, signal, sink, title }: SpeedOptions & { players: Players; sink: ProgressSink; title: string },
): Promise<Row> {
  const name = `${title}${given.name}, ${given.threads} thread${given.threads === 1 ? "" : "s"}`;
  if (!sink.status) sink.log(`${name} …`);
  const measured: Round[] = [];
  for (let round = 0; round <= rounds; round++) {
    signal.throwIfAborted();
    sink.status?.(`${name}: ${round === 0 ? "warming up" : `round ${round} of ${rounds}`}`);
    const answers = await players.play(given, signal);
    if (round > 0) measured.push(answers);
  }
  const row = toRow(given, measured);
  sink.log(`${name}: ${shown(row.ours)} and ${shown(row.peer)} ${row.unit}, ratio ${row.ratio.toFixed(2)} (${row.low.toFixed(2)} to ${row.high.toFixed(2)})`); // prettier-ignore
  return row;
}

/** Both sides on each number of threads, started when they are first wanted. */
interface Players {
  play(given: Case, signal: AbortSignal): Promise<Round>;
  /** Ends them all, and removes their data. */
  close(): void;
}

function makePlayers(python: string): Players {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "atelier-warp-"));
  const running = new Map<string, Contender>();

  function start(side: "ours" | "peer", threads: number, key: string): Contender {
    const contender = running.get(key) ?? startContender(commandOf(side, python, threads));
    running.set(key, contender);
    return contender;
  }

  function folderOf(data: Case["data"]): string {
    const folder = path.join(root, data);
    if (fs.existsSync(folder)) return folder;
    fs.mkdirSync(folder);
    writeData(folder, loadData(data));
    return folder;
  }

  async function play({ data, threads, work }: Case, signal: AbortSignal): Promise<Round> {
    const turn: Turn = { ...work, folder: folderOf(data) };
    const fresh = work.work === "memory";
    const answers: Answer[] = [];
    for (const side of ["ours", "peer"] as const) {
      signal.throwIfAborted();
      const key = `${side} ${threads} ${fresh}`;
      answers.push(await start(side, threads, key).ask(turn));
      if (!fresh) continue;
      running.get(key)!.close();
      running.delete(key);
    }
    return { ours: answers[0], peer: answers[1] };
  }

  function close(): void {
    for (const contender of running.values()) contender.close();
    fs.rmSync(root, { recursive: true, force: true });
  }

  return { play, close };
}

function commandOf(side: "ours" | "peer", python: string, threads: number): ContenderOptions {
  const here = path.join(projectRoot, "bench", "warp");
  if (side === "peer")
    return { program: python, args: [path.join(here, "speed.py")], env: { OMP_NUM_THREADS: String(threads) }, threads };
  const args = ["--require", typeScriptLoader, path.join(here, "speedOurs.ts")];
  return { program: process.execPath, args, env: {}, threads };
}

function loadData(data: Case["data"]): PeerData {
  return data === "retail" ? loadRetail() : plantedSet({ ...PLANTED, random: numpyRandom(7) });
}
