import { pause } from "../runner/within";
import { type FolderLock, takeFolder } from "../lock/folderLock";
import { lastWords, readRowResult, type RowResult } from "./rowResult";
import type { SweepRow } from "./sweepFolder";

/** How far a row is. */
export interface RowState {
  row: SweepRow;
  /**
   * `kept`: an earlier start, or another sweep, has finished it. `elsewhere`: another process runs it. `failed` and
   * `interrupted` rows are taken up by the next start.
   */
  status: "waiting" | "running" | "elsewhere" | "kept" | "ok" | "failed" | "interrupted";
  result?: RowResult;
  /** Why it failed, in one line. */
  error?: string;
  /** When it began to run here, in ms since 1970. */
  since?: number;
  /** Where it runs, or why it waits, in the word of the engine that gives it to others. */
  place?: string;
}

/** Options of `runSweep`. */
export interface SweepOptions {
  folderOf: (row: SweepRow) => string;
  /**
   * Runs a row and resolves to its exit code, or the name of the signal that ended it; undefined where it was taken back
   * before it began.
   */
  run: (row: SweepRow, at: { folder: string; lock: FolderLock }) => Promise<number | string | undefined>;
  /** What a row is when `run` is called: by default it runs. */
  begins?: "running" | "waiting";
  /** Rows that run at a time. */
  atOnce: number;
  /** Whether one more may be started while others run; always by default. */
  hasRoom?: () => boolean;
  /** Aborted, no further row is started. */
  signal?: AbortSignal;
  /** Seconds between two looks at a row that another process runs, or at the room; 0.5 by default. */
  look?: number;
  /** Hears each change of a row. */
  onChange?: (state: RowState) => void;
}

/** How far rows are before anything runs: finished by an earlier start, or waiting. */
export function firstStates(rows: readonly SweepRow[], folderOf: SweepOptions["folderOf"]): RowState[] {
  return rows.map((row) => firstState(row, folderOf(row)));
}

/**
 * Runs the rows that wait, some at a time, and waits for those that other processes run. What goes wrong in a row is told
 * in its state, and the others go on. The states are changed in place.
 */
export async function runSweep(states: readonly RowState[], options: SweepOptions): Promise<void> {
  const { atOnce, hasRoom = () => true, signal, look = 0.5, onChange = () => {} } = options;
  const queue = states.filter(({ status }) => status === "waiting");
  let running = 0;
  const work = async () => {
    for (let state; !signal?.aborted && (state = queue.shift());) {
      while (running > 0 && !hasRoom() && !signal?.aborted) await pause(look);
      if (signal?.aborted) return;
      const own = state;
      const change = (to: Partial<RowState>) => onChange(Object.assign(own, to));
      running++;
      change(await attempt(own, options, change));
      running--;
      if (own.status !== "elsewhere") continue;
      queue.push(own);
      await pause(look);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

function firstState(row: SweepRow, folder: string): RowState {
  const result = readRowResult(folder);
  return result?.status === "ok" ? { row, status: "kept", result } : { row, status: "waiting" };
}

async function attempt(
  { row, status }: RowState,
  { folderOf, run, signal, begins = "running" }: SweepOptions,
  onStart: (now: Partial<RowState>) => void,
): Promise<Partial<RowState>> {
  const folder = folderOf(row);
  let lock: FolderLock | undefined;
  try {
    lock = takeFolder(folder);
    if (!lock) return { status: "elsewhere" };
    const before = readRowResult(folder); // another process may have finished it in the meantime
    if (before?.status === "ok") return { status: "kept", result: before };
    if (before?.status === "failed" && status === "elsewhere") return outcome(folder, 1, false);
    onStart({ status: begins, since: Date.now() });
    const how = await run(row, { folder, lock });
    return how === undefined ? { status: "waiting" } : outcome(folder, how, signal?.aborted ?? false);
  } catch (error) {
    return { status: "failed", error: (error as Error).message.split("\n")[0] };
  } finally {
    lock?.release();
  }
}

function outcome(folder: string, how: number | string, wasAborted: boolean): Partial<RowState> {
  const result = readRowResult(folder);
  if (result) return { status: result.status, result, error: result.error };
  return wasAborted ? { status: "interrupted" } : { status: "failed", error: lastWords(folder, how) };
}
