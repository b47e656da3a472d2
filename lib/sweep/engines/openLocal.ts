import * as os from "node:os";
import { rowsAtOnce } from "../rowsAtOnce";
import { runRow } from "../runRow";
import { type RowState, runSweep } from "../runSweep";
import type { EngineOptions, SweepEngine } from "./engine";

/** The engine `local`: runs rows on this machine, as many at a time as it bears. */
export function openLocal(states: readonly RowState[], options: EngineOptions): Promise<SweepEngine> {
  const { folderOf, how, rowMemory, onChange } = options;
  const needs = {
    cores: os.availableParallelism(),
    memory: process.availableMemory(),
    threads: how.threads,
    rowMemory,
  };
  const atOnce = options.atOnce ?? rowsAtOnce(needs);
  const run = () =>
    runSweep(states, {
      ...{ folderOf, atOnce, onChange, signal: how.signal },
      hasRoom: () => process.availableMemory() >= rowMemory,
      run: (row, at) => runRow(row, how, at),
    });
  return Promise.resolve({
    where: `${Math.min(atOnce, states.length)} at a time`,
    run,
    close: () => Promise.resolve(),
  });
}
