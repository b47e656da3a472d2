import { rmSync } from "node:fs";
import { join } from "node:path";
import { takeFolder } from "../../../lock/folderLock";
import { REPORT } from "../../rowResult";
import type { SweepRow } from "../../sweepFolder";
import type { EngineOptions } from "../engine";
import type { CallSlurm } from "./callSlurm";
import { saveSubmission } from "./submission";

/** Slurm, as it is spoken to. */
export interface Cluster {
  call: CallSlurm;
  /** How many tasks an array may have. */
  most: number;
  /** Seconds to the first look at the queue; 0.25 by default. Each next one is a fifth later, up to 3 s. */
  look?: number;
}

/**
 * Submits rows as arrays, as few as Slurm allows. Where the rows at a time are limited, one array waits for the other.
 *
 * @returns yields the number of each array, with its rows
 * @throws SlurmError where sbatch refuses one
 */
export async function* submitRows(
  rows: readonly SweepRow[],
  options: EngineOptions,
  { call, most }: Cluster,
): AsyncGenerator<{ array: string; rows: readonly SweepRow[]; script: string }> {
  let before: string | undefined;
  for (let start = 0; start < rows.length; start += most) {
    const part = rows.slice(start, start + most);
    for (const row of part) forgetReport(options.folderOf(row));
    const script = saveScript(part, options);
    const after = before !== undefined && options.atOnce !== undefined ? [`--dependency=afterany:${before}`] : [];
    const said = await call("sbatch", ["--parsable", ...after, script]);
    const [array] = said.trim().split(";");
    yield { array, rows: part, script };
    before = array;
  }
}

/** What an earlier run left is no end of this one. A process that has just begun the row keeps it. */
function forgetReport(folder: string): void {
  const lock = takeFolder(folder);
  if (!lock) return;
  rmSync(join(folder, REPORT), { force: true });
  lock.release();
}

function saveScript(rows: readonly SweepRow[], options: EngineOptions): string {
  const { name, how, titleOf, rowMemory, atOnce, slurm = {} } = options;
  const { threads } = how;
  const plain = { ...how, code: undefined, signal: undefined, hurry: undefined }; // each task finds its own
  const titles = rows.map(titleOf);
  const needs = { name, titles, threads, memory: rowMemory, atOnce, settings: slurm };
  return saveSubmission(options.sweepFolder, { how: plain, rows: [...rows] }, needs);
}
