import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { replaceFile, shownPath } from "../files";
import { RECORDS, rowCommand, VALUES } from "./rowCommand";
import { holdLeash, LEASHED } from "./leash";
import { writeRowFacts } from "./rowFacts";
import type { FolderLock } from "../lock/folderLock";
import { LOG, REPORT } from "./rowResult";
import type { SweepRow } from "./sweepFolder";

/** How rows are run. */
export interface RowOptions {
  /** The path of the notebook, or of the script. */
  notebook: string;
  /** `ATELIER_THREADS` of each row. */
  threads: number;
  /** A hash of the library's code, kept in the row's folder; see `rowCode`. */
  code: string;
  /** The longest a cell may take, in seconds; no limit where it is left out. */
  timeout?: number;
  /** Aborted, it asks the row to end in order; its finished cells stay. */
  signal?: AbortSignal;
  /** Aborted, it asks again: the row waits for nothing any more. */
  hurry?: AbortSignal;
  /** Further variables of its environment. */
  env?: Record<string, string>;
  /** Where it is given, the row dies at once when it is aborted, and when we end or are paused; see `holdLeash`. */
  leash?: AbortSignal;
}

/**
 * Runs one row in a process of its own, as `rowCommand` says, which leaves the executed notebook or what the script writes,
 * the report and all that was printed in the row's folder. Resolves to the exit code, or the name of the signal that ended
 * the process.
 */
export function runRow(
  { id, parameters }: SweepRow,
  options: RowOptions,
  at: { folder: string; lock: FolderLock },
): Promise<number | string> {
  const { folder, lock } = at;
  const { words, cwd, env } = rowCommand(options, { folder, parameters });
  for (const own of [folder, cwd]) mkdirSync(own, { recursive: true });
  replaceFile(join(folder, VALUES), JSON.stringify(parameters, null, 2) + "\n");
  writeRowFacts(folder, { id, notebook: shownPath(options.notebook), parameters, code: options.code });
  for (const name of [REPORT, RECORDS]) rmSync(join(folder, name), { force: true });
  const log = openSync(join(folder, LOG), "w");
  const child = spawn(process.execPath, [...(options.leash ? LEASHED : []), ...words], {
    ...{ cwd, windowsHide: true },
    stdio: ["ignore", log, log, ...(options.leash ? ["ipc" as const] : [])],
    detached: process.platform !== "win32", // a process group of its own: Ctrl-C reaches it only through us
    env: {
      ...{ ...process.env, ...options.env, ATELIER_THREADS: String(options.threads), NODE_TEST_CONTEXT: undefined },
      ...env,
    },
  });
  closeSync(log);
  if (child.pid !== undefined) lock.share(child.pid);
  if (options.leash) holdLeash(child, options.leash);
  const interrupt = () => void child.kill("SIGINT");
  const signals = [options.signal, options.hurry];
  for (const signal of signals) signal?.addEventListener("abort", interrupt);
  if (signals.some((signal) => signal?.aborted)) interrupt();
  return new Promise<number | string>((settle, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => settle(signal ?? code ?? 1));
  }).finally(() => signals.forEach((signal) => signal?.removeEventListener("abort", interrupt)));
}
