import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../lib/files";
import { startTabKernel } from "../../test/site/tabKernel";
import type { Answer, Player, Task } from "../cnn/cases";
import { writeExamples } from "../cnn/examples";
import { makePlayers, type Players } from "../cnn/players";
import { compareRounds, inUnit, type Round, type Row } from "../cnn/report";
import { startTabTrainer, type TabTrainer } from "./tabTrainer";

/** What is measured. */
export interface StepOptions {
  rounds: number;
  steps: number;
  signal: AbortSignal;
}

const THREADS = [2, 1];
const PEERS: { player: Player; peerName: string }[] = [
  { player: "simd", peerName: "Node" },
  { player: "simd-wasm", peerName: "Node, WebAssembly" },
  { player: "keras", peerName: "Keras" },
];

/** Trains original A in turns: the tab, Node with native code and with the tab's own, and Keras where it is installed; whoever has no turn sleeps. */
export async function measureSteps({ rounds, steps, signal }: StepOptions): Promise<Row[]> {
  const kernel = await startTabKernel();
  const folder = mkdtempSync(join(tmpdir(), "atelier-site-steps-"));
  const rows: Row[] = [];
  try {
    await writeExamples(folder, steps * 32);
    for (const threads of THREADS) {
      const trainer = await startTabTrainer(await kernel.another(), threads, steps);
      const players = makePlayers({ threads, folder, missing: missingPeers(), log: console.error });
      const times = await playRounds({ trainer, players, rounds, steps, signal }).finally(players.close);
      rows.push(...toRows(threads, times));
    }
  } finally {
    rmSync(folder, { recursive: true });
    await kernel.end();
  }
  return rows;
}

/** Keras is not installed for this. */
function missingPeers(): Set<Player> {
  const isThere = existsSync(join(projectRoot, "data", "downloads", "python", "keras", "made-of.json"));
  return new Set(isThere ? [] : ["keras"]);
}

interface Game extends StepOptions {
  trainer: TabTrainer;
  players: Players;
}

/** Seconds a step of each in each round but the first. */
async function playRounds({ trainer, players, rounds, steps, signal }: Game) {
  const task: Task = { work: "train", net: "A", count: steps };
  const times: Partial<Record<Player | "tab", number>>[] = [];
  for (let round = 0; round <= rounds && !signal.aborted; round++) {
    const tab = await trainer.train(steps);
    const now: (typeof times)[0] = { tab: tab.seconds / steps };
    for (const { player } of PEERS) {
      const answer = await (await players.get(player))?.ask<Answer>(task);
      if (answer && answer.parameters !== tab.parameters)
        throw new Error(`${player}'s net has ${answer.parameters} parameters, the tab's ${tab.parameters}; they must be the same`); // prettier-ignore
      if (answer) now[player] = answer.seconds / steps;
    }
    if (round > 0) times.push(now);
  }
  return times;
}

function toRows(threads: number, times: Partial<Record<Player | "tab", number>>[]): Row[] {
  const unit = "ms a step";
  return PEERS.flatMap(({ player, peerName }) => {
    const rounds: Round[] = times.map((time) => ({ ours: time.tab!, peer: time[player] }));
    const theirs = rounds.flatMap(({ peer }) => peer ?? []);
    if (theirs.length === 0) return [];
    const ours = inUnit(rounds.map((round) => round.ours), unit)!; // prettier-ignore
    return [{ case: "A, training in a tab", threads, ours, peer: inUnit(theirs, unit), peerName, unit, ...compareRounds(rounds) }]; // prettier-ignore
  });
}
