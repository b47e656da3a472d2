import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { projectRoot, replaceFile, shownPath } from "../files";
import { writeRowFacts } from "./rowFacts";
import type { RowLock } from "./rowLock";
import { LOG, REPORT } from "./rowResult";
import type { SweepRow } from "./sweepFolder";

/** How rows are run. */
export interface RowOptions {
  /** The notebook's path. */
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
}

/**
 * Runs one row by `npm run notebook` in a process of its own, which leaves the executed notebook, the report and all that
 * was printed in the row's folder. Resolves to the exit code, or the name of the signal that ended the process.
 */
export function runRow(
  { id, parameters }: SweepRow,
  options: RowOptions,
  at: { folder: string; lock: RowLock },
): Promise<number | string> {
  const { folder, lock } = at;
  mkdirSync(folder, { recursive: true });
  const given = join(folder, "parameters.json");
  replaceFile(given, JSON.stringify(parameters, null, 2) + "\n");
  writeRowFacts(folder, { id, notebook: shownPath(options.notebook), parameters, code: options.code });
  rmSync(join(folder, REPORT), { force: true });
  const log = openSync(join(folder, LOG), "w");
  const child = spawn(process.execPath, wordsOf(options, folder, given), {
    ...{ cwd: projectRoot, stdio: ["ignore", log, log], windowsHide: true },
    detached: process.platform !== "win32", // a process group of its own: Ctrl-C reaches it only through us
    env: { ...process.env, ATELIER_THREADS: String(options.threads), NODE_TEST_CONTEXT: undefined },
  });
  closeSync(log);
  if (child.pid !== undefined) lock.share(child.pid);
  const interrupt = () => void child.kill("SIGINT");
  const signals = [options.signal, options.hurry];
  for (const signal of signals) signal?.addEventListener("abort", interrupt);
  if (signals.some((signal) => signal?.aborted)) interrupt();
  return new Promise<number | string>((settle, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => settle(signal ?? code ?? 1));
  }).finally(() => signals.forEach((signal) => signal?.removeEventListener("abort", interrupt)));
}

function wordsOf({ notebook, timeout }: RowOptions, folder: string, given: string): string[] {
  const files = ["-f", given, "-o", join(folder, "notebook.ipynb"), "--json", join(folder, REPORT)];
  const limit = timeout === undefined ? [] : ["--timeout", String(timeout)];
  return [join(projectRoot, "setup.js"), "notebook", resolve(notebook), ...files, ...limit];
}
