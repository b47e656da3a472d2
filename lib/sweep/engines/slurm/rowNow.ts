import { folderHolder } from "../../../lock/folderLock";
import { readRowResult } from "../../rowResult";
import type { RowState } from "../../runSweep";
import { isOver, isQueued, type SlurmTask } from "./slurmTasks";
import { taskEnd } from "./taskEnd";

/** What is new of a row: a change of its state, or that it is to be submitted again, or that its report is still missing. */
export type RowNews = Partial<RowState> | "left" | "unseen";

/**
 * How far a submitted row is.
 *
 * @param task - its task as Slurm lists it; undefined where Slurm does not any more
 */
export function rowNow({ status }: RowState, task: SlurmTask | undefined, folder: string): RowNews {
  const isWaiting = task !== undefined && isQueued(task);
  if (isWaiting && !/held/i.test(task.reason)) return { status: "waiting", place: task.reason, since: undefined };
  if (task && !isWaiting && !isOver(task)) return { status: "running", place: task.node, since: task.since };
  const result = readRowResult(folder);
  // A row that ended while the controller was away has its report, and Slurm holds it as one that could not begin.
  if (isWaiting && (result?.status !== "ok" || folderHolder(folder)))
    return { status: "waiting", place: task.reason, since: undefined };
  if (result?.status === "ok") return { status: status === "elsewhere" ? "kept" : "ok", result };
  if (folderHolder(folder)) return { status: "elsewhere", place: undefined };
  if (status === "elsewhere" && result?.status !== "failed") return "left"; // whoever ran it has left it unfinished
  if (task?.state === "CANCELLED") return { status: "interrupted", result, error: taskEnd(task, folder) };
  if (result?.status === "failed") return { status: "failed", result, error: result.error };
  if (!result && task?.state === "COMPLETED") return "unseen";
  const isOrderly = result !== undefined && task?.state === "FAILED"; // it was asked to end
  return { status: result?.status ?? "failed", result, error: isOrderly ? undefined : taskEnd(task, folder) };
}
