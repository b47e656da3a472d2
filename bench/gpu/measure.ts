import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { findBinding } from "../../lib/compute/tensorflow/binding";
import { streamProgress } from "../../lib/runner/progress";
import type { Case, Player, Task } from "../cnn/cases";
import { writeExamples } from "../cnn/examples";
import { playRound, toRow } from "../cnn/measure";
import { makePlayers, type Players } from "../cnn/players";
import type { Round, Row } from "../cnn/report";
import { shownRate } from "../statistics";

/** A backend that is measured. */
export type Rung = "node-gpu" | "simd" | "tensorflow" | "webgpu";

/** What is measured, and how often. */
export interface GpuOptions {
  nets: Task["net"][];
  rungs: Rung[];
  rounds: number;
  steps: number;
  /** Ends the measurement: what is measured by then is returned. */
  signal: AbortSignal;
}

/**
 * Trains in turns with Keras on each backend: in each round first the backend, then Keras, and whoever has no turn sleeps.
 * Backends that are not here are named and left out; without Keras each is measured alone.
 */
export async function measureGpu({ signal, ...options }: GpuOptions): Promise<Row[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "atelier-gpu-"));
  const { log } = streamProgress(process.stderr);
  const players = makePlayers({ threads: os.availableParallelism(), folder, missing: new Set(), log });
  const rows: Row[] = [];
  signal.addEventListener("abort", players.close);
  try {
    await writeExamples(folder, options.steps * 32);
    for (const rung of options.rungs)
      for (const net of options.nets) {
        const row = await measureRung(caseOf(rung, net, options.steps), { players, rounds: options.rounds, signal });
        if (!row) continue;
        rows.push(row);
        log(`${row.case}: ${shownRate(row.ours)} ms a step, Keras ${shownRate(row.peer)}`);
      }
  } catch (error) {
    if (!signal.aborted) throw error; // else the error is only that of a contender that was ended
  } finally {
    players.close();
    signal.removeEventListener("abort", players.close);
    fs.rmSync(folder, { recursive: true });
  }
  return rows;
}

/** Keras works where TensorFlow's library does. */
function caseOf(rung: Rung, net: Task["net"], count: number): Case & { rung: Rung } {
  const player: Player = findBinding()?.cuda ? "keras-gpu" : "keras";
  const task = { work: "train", net, count } as const;
  const name = player === "keras" ? "Keras, CPU" : "Keras, GPU";
  return { rung, name: `${net} on ${rung}`, unit: "ms a step", ours: task, peer: { ...task, player, name } };
}

async function measureRung(
  given: Case & { rung: Rung },
  { players, rounds, signal }: { players: Players; rounds: number; signal: AbortSignal },
): Promise<Row | null> {
  const ours = await players.get(given.rung);
  if (!ours) return null;
  const peer = await players.get(given.peer.player);
  const played: Round[] = [];
  for (let round = 0; round <= rounds; round++) {
    signal.throwIfAborted();
    played.push(await playRound(given, ours, peer));
  }
  return toRow(given, os.availableParallelism(), played.slice(1));
}
