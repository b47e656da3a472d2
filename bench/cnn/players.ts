import * as path from "node:path";
import { projectRoot, typeScriptLoader } from "../../lib/files";
import { startContender, type Contender, type ContenderOptions } from "../contender";
import type { Player } from "./cases";
import { builtPython, kerasPython } from "./peer";

/** Contenders on one number of threads, started when they are first wanted. */
export interface Players {
  /** Null for one that cannot be had here; why was told once. */
  get(player: Player): Promise<Contender | null>;
  /** Ends them all. */
  close(): void;
}

/** How contenders are started. */
export interface PlayersOptions {
  threads: number;
  /** Where images.bin and labels.bin lie. */
  folder: string;
  /** Those that could not be had before; whoever cannot be had is added. */
  missing: Set<Player>;
  log: (line: string) => void;
}

/** Nobody is started yet. */
export function makePlayers({ threads, folder, missing, log }: PlayersOptions): Players {
  const started = new Map<Player, Promise<Contender | null>>();
  const running: Contender[] = [];
  let closed = false;

  async function start(player: Player): Promise<Contender | null> {
    if (missing.has(player)) return null;
    try {
      const contender = startContender({ ...commandOf(player, threads, folder), threads });
      running.push(contender);
      const { description } = await contender.receive<{ description: string }>();
      log(description);
      return contender;
    } catch (error) {
      if (player === "simd") throw error;
      missing.add(player);
      if (!closed) log(`${player} is not measured: ${(error as Error).message.split("\n")[0].trim()}`);
      return null;
    }
  }

  function get(player: Player): Promise<Contender | null> {
    if (!started.has(player)) started.set(player, start(player));
    return started.get(player)!;
  }

  function close(): void {
    closed = true;
    for (const contender of running) contender.close();
  }

  return { get, close };
}

function commandOf(player: Player, threads: number, folder: string): Omit<ContenderOptions, "threads"> {
  const here = path.join(projectRoot, "bench", "cnn");
  if (player === "keras" || player === "keras-gpu") {
    const args = [path.join(here, "peer.py"), String(threads), folder];
    const env = { OMP_NUM_THREADS: String(threads) };
    if (player === "keras") return { program: kerasPython(), args, env };
    return { program: builtPython(), args: [...args, "gpu"], env };
  }
  const isWasm = player === "simd-wasm";
  const args = ["--require", typeScriptLoader, path.join(here, "tensorflowjs.ts"), isWasm ? "simd" : player, folder];
  const env = { ATELIER_THREADS: String(threads), ...(isWasm && { ATELIER_SIMD: "relaxed" }) };
  return { program: process.execPath, args, env };
}
