import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { useBackend } from "../../lib/compute/useBackend";
import { streamProgress } from "../../lib/runner/progress";
import { bear, type Borne, type Way } from "./load";
import { type Measured, startServer, writeWeights } from "./peer";
import { makePictures } from "./pictures";
import { compareBorne, type Row, toRow } from "./report";

/** What is measured, and how long. */
export interface DemoMeasureOptions {
  rounds: number;
  /** Seconds of a turn. */
  seconds: number;
  /** Numbers of clients, each on its own. */
  clients: number[];
  /** Processor cores of a server. */
  threads: number;
  /** Ends the measurement: what is measured by then is returned. */
  signal: AbortSignal;
}

/** Share of the pictures that both must name alike; Pillow and sharp decode a JPEG to levels that differ by one. */
const ALIKE = 0.95;

/** Serves the same network by turns with Gradio on the same cores: while one is asked the other sleeps. */
export async function measureDemo(options: DemoMeasureOptions): Promise<Row[]> {
  const { signal, threads } = options;
  const { log } = streamProgress(process.stderr);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "atelier-demo-"));
  const started: Measured[] = [];
  const close = () => started.forEach(({ contender }) => contender.close());
  signal.addEventListener("abort", close);
  const rows: Row[] = [];
  try {
    await useBackend({ log: () => {} });
    await writeWeights(folder);
    const pictures = await makePictures();
    for (const who of ["ours", "gradio"] as const) {
      started.push(await startServer(who, folder, threads));
      log(started[started.length - 1].description);
    }
    const [ours, peer] = started;
    for (const way of ["queued", "direct"] as const)
      for (const clients of options.clients) {
        const rounds = await playRounds([ours, peer], { ...options, way, clients, pictures });
        rows.push(...compareBorne(`${WORDS[way]}, ${clients} client${clients === 1 ? "" : "s"}`, rounds));
        log(rows.slice(-3).map(shortly).join("; "));
      }
    for (const clients of options.clients) {
      const rounds = await playRounds([ours], { ...options, way: "json", clients, pictures });
      rows.push(...compareBorne(`plain JSON, ${clients} client${clients === 1 ? "" : "s"}`, rounds));
    }
    rows.push(toRow("start-up", "s", ours.startUp, peer.startUp));
    const [mine, theirs] = await Promise.all(started.map(({ contender }) => contender.ask<{ most: number }>({})));
    rows.push(toRow("memory at most", "MB", mine.most, theirs.most));
  } catch (error) {
    if (!signal.aborted) throw error; // else the error is only that of a server that was ended
  } finally {
    signal.removeEventListener("abort", close);
    close();
    fs.rmSync(folder, { recursive: true });
  }
  return rows;
}

const WORDS: Record<Way, string> = { queued: "by the queue", direct: "without the queue", json: "plain JSON" };

interface Turns extends DemoMeasureOptions {
  way: Way;
  pictures: Buffer[];
}

async function playRounds(
  servers: Measured[],
  turns: Omit<Turns, "clients"> & { clients: number },
): Promise<Borne[][]> {
  const rounds: Borne[][] = [];
  for (let round = 0; round <= turns.rounds; round++) {
    const borne: Borne[] = [];
    for (const { url } of servers) {
      turns.signal.throwIfAborted();
      borne.push(await bear({ ...turns, url }));
    }
    checkAlike(borne);
    if (round > 0) rounds.push(borne); // the first warms up
  }
  return rounds;
}

/** Both must do the same work. */
function checkAlike([ours, peer]: Borne[]): void {
  if (!peer) return;
  const both = ours.labels.flatMap((label, place) => (peer.labels[place] === undefined ? [] : [label === peer.labels[place]])); // prettier-ignore
  const alike = both.filter(Boolean).length / both.length;
  if (alike < ALIKE)
    throw new Error(`only ${Math.round(100 * alike)} % of the pictures are named alike by both; they must be`);
}

function shortly({ case: name, ours, peer, unit, ratio }: Row): string {
  return `${name}: ${ours.toPrecision(3)} and ${peer?.toPrecision(3)} ${unit}, ratio ${ratio?.toPrecision(3)}`;
}
