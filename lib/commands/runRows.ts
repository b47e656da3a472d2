import { setMaxListeners } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { codeVersion } from "../files";
import { rowsInWords, rowTitle } from "../sweep/formatStates";
import { rowCode } from "../sweep/rowFacts";
import { folderHolder } from "../lock/folderLock";
import { REPORT } from "../sweep/rowResult";
import { ENGINES } from "../sweep/engines/engines";
import { firstStates, type RowState } from "../sweep/runSweep";
import { rowFolder, type Sweep, sweepFolder, type SweepRow } from "../sweep/sweepFolder";
import { watchSweep } from "../sweep/watchSweep";
import { RUNS } from "./runsFolder";
import { type SweepSettings, threadsOfRow } from "./sweepSettings";
import { asUsageError } from "./usage";

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
  const kept = states.filter(({ status }) => status === "kept");
  const older = kept.filter(({ row }) => rowCode(folderOf(row)) !== code).length;
  const watch = watchSweep(planned, states, process.stdout);
  setMaxListeners(0, signal, hurry); // each row that runs listens to both
  const threads = asked.threads ?? threadsOfRow();
  const how = { notebook: planned.notebook, threads, code, timeout: asked.timeout, signal, hurry };
  const { name, varied } = planned;
  const { partition, sbatch, detach } = asked;
  const open = () =>
    ENGINES[asked.engine ?? "local"](states, {
      ...{ name, sweepFolder: sweepFolder(RUNS, name), slurm: { partition, sbatch, detach } },
      ...{ folderOf, how, atOnce: asked.atOnce, onChange: watch.onChange, log: watch.log },
      ...{ fresh, runs: RUNS, redis: asked.redis, results: asked.results },
      titleOf: (row) => rowTitle(row, varied),
      rowMemory: (asked.memory ?? ROW_MEMORY) * 2 ** 20,
    });
  const engine = kept.length < states.length ? await open().catch(asUsageError) : undefined;
  watch.log(openingLine(planned, states, engine?.where ?? ""));
  if (older > 0) watch.log(`${older} of the finished rows ran with another version of lib; --fresh runs them again`);
  await engine?.run().finally(() => engine.close());
  watch.end();
  return states;
}

/** Takes away how a row ended, unless a process runs it. */
function forgetRow(folder: string): void {
  if (!folderHolder(folder)) fs.rmSync(path.join(folder, REPORT), { force: true });
}

function openingLine({ name }: Sweep, states: RowState[], where: string): string {
  const kept = states.filter(({ status }) => status === "kept").length;
  const left = states.length - kept;
  const all = rowsInWords(states.length);
  if (left === 0) return `${name}: ${all}, finished already`;
  const before = kept > 0 ? `${all}, ${kept} finished already, ${left} left` : all;
  return `${name}: ${before}, ${where}`;
}
