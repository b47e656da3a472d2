import { dirname, join } from "node:path";
import { getuid } from "node:process";
import { isQueuedState } from "../../../lock/slurmJob";
import type { SweepRow } from "../../sweepFolder";
import { ROWS_FILE } from "./arrayScript";
import type { CallSlurm } from "./callSlurm";
import { loadSubmission } from "./submission";

/** A task of an array, as squeue lists it. */
export interface SlurmTask {
  /** The array's number. */
  array: number;
  index: number;
  /** Slurm's own word, as RUNNING. */
  state: string;
  /** Why it waits, in Slurm's own word, as Resources. */
  reason: string;
  /** The nodes it runs, or ran, on. */
  node: string;
  /** When it began, in ms since 1970. */
  since?: number;
  /** The folder of its submission. */
  folder: string;
}

const FORMAT = "%F|%K|%T|%r|%N|%S|%o";

/** This user's array tasks that belong to a sweep: those that wait or run, and those that have ended some minutes ago. */
export async function listTasks(call: CallSlurm, sweep: string): Promise<SlurmTask[]> {
  const own = ["--user", String(getuid?.() ?? "")];
  const text = await call("squeue", ["--noheader", "--array", "--states=all", ...own, `--format=${FORMAT}`]);
  return parseTasks(text).filter(({ folder }) => dirname(folder) === sweep);
}

/** Reads what squeue prints, a line for each task. */
export function parseTasks(text: string): SlurmTask[] {
  return text.split("\n").flatMap((line) => {
    const [array, index, state, reason, node, since, ...script] = line.split("|");
    if (script.length === 0 || !/^\d+$/.test(index)) return [];
    const began = Date.parse(since);
    const when = Number.isNaN(began) ? {} : { since: began };
    const task = { array: Number(array), index: Number(index), state, reason, node, ...when };
    return [{ ...task, folder: dirname(script.join("|")) }];
  });
}

/** Whether a task waits, for the first time or again. */
export function isQueued({ state }: SlurmTask): boolean {
  return isQueuedState(state);
}

/** Whether it has ended. */
export function isOver({ state }: SlurmTask): boolean {
  return ENDS.includes(state);
}

/** The task of each row, by its name: of several one that waits or runs, else the last. */
export function tasksOfRows(tasks: readonly SlurmTask[]): Map<string, SlurmTask> {
  const found = new Map<string, SlurmTask>();
  const rows = new Map<string, SweepRow[]>();
  const place = (task: SlurmTask) => (isOver(task) ? 0 : Infinity) + task.array;
  for (const task of tasks) {
    const { folder, index } = task;
    if (!rows.has(folder)) rows.set(folder, rowsIn(folder));
    const row = rows.get(folder)![index];
    const before = row && found.get(row.id);
    if (row && (!before || place(task) > place(before))) found.set(row.id, task);
  }
  return found;
}

const ENDS = ["BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL"].concat(
  ...["OUT_OF_MEMORY", "PREEMPTED", "REVOKED", "TIMEOUT"],
);

/** None where somebody has taken the folder away. */
function rowsIn(folder: string): SweepRow[] {
  try {
    return loadSubmission(join(folder, ROWS_FILE)).rows;
  } catch {
    return [];
  }
}
