import { setMaxListeners } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { codeVersion } from "../files";
import { rowsInWords } from "../sweep/formatStates";
import { rowCode } from "../sweep/rowFacts";
import { rowHolder } from "../sweep/rowLock";
import { REPORT } from "../sweep/rowResult";
import { rowsAtOnce } from "../sweep/rowsAtOnce";
import { runRow } from "../sweep/runRow";
import { firstStates, type RowState, runSweep } from "../sweep/runSweep";
import { rowFolder, type Sweep, type SweepRow } from "../sweep/sweepFolder";
import { watchSweep } from "../sweep/watchSweep";
import { RUNS } from "./runsFolder";
import { type SweepSettings, threadsOfRow } from "./sweepSettings";

/** Megabytes that a row is taken to need where nothing is said. */
export const ROW_MEMORY = 1000;

/** How the rows of a sweep are run, beside its settings. */
export interface RunRowsOptions {
  /** Whether finished rows run again. */
  fresh: boolean;
  signal: AbortSignal;
  hurry: AbortSignal;
}

/** Runs what is left of a sweep; resolves to how far its rows are then. */
export async function runRows(planned: Sweep, asked: SweepSettings, options: RunRowsOptions): Promise<RowState[]> {
  const { fresh, signal, hurry } = options;
  const folderOf = ({ id }: SweepRow) => rowFolder(RUNS, id);
  const code = codeVersion(["."]);
  if (fresh) for (const row of planned.rows) forgetRow(folderOf(row));
  const states = firstStates(planned.rows, folderOf);
  const rowMemory = (asked.memory ?? ROW_MEMORY) * 2 ** 20;
  const threads = asked.threads ?? threadsOfRow();
  const needs = { cores: os.availableParallelism(), memory: process.availableMemory(), threads, rowMemory };
  const atOnce = asked.atOnce ?? rowsAtOnce(needs);
  const how = { notebook: planned.notebook, threads, code, timeout: asked.timeout, signal, hurry };
  setMaxListeners(0, signal, hurry); // each row that runs listens to both
  const watch = watchSweep(planned, states, process.stdout);
  watch.log(openingLine(planned, states, Math.min(atOnce, states.length)));
  const older = states.filter(({ row, status }) => status === "kept" && rowCode(folderOf(row)) !== code).length;
  if (older > 0) watch.log(`${older} of the finished rows ran with another version of lib; --fresh runs them again`);
  await runSweep(states, {
    ...{ folderOf, atOnce, signal },
    hasRoom: () => process.availableMemory() >= rowMemory,
    run: (row, at) => runRow(row, how, at),
    onChange: watch.onChange,
  });
  watch.end();
  return states;
}

/** Takes away how a row ended, unless a process runs it. */
function forgetRow(folder: string): void {
  if (!rowHolder(folder)) fs.rmSync(path.join(folder, REPORT), { force: true });
}

function openingLine({ name }: Sweep, states: RowState[], atOnce: number): string {
  const kept = states.filter(({ status }) => status === "kept").length;
  const left = states.length - kept;
  const all = rowsInWords(states.length);
  if (left === 0) return `${name}: ${all}, finished already`;
  const before = kept > 0 ? `${all}, ${kept} finished already, ${left} left` : all;
  return `${name}: ${before}, ${atOnce} at a time`;
}
