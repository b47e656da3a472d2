import type { RowState } from "../../runSweep";
import type { EngineOptions } from "../engine";
import { type RowNews, rowNow } from "./rowNow";
import { isOver, type SlurmTask } from "./slurmTasks";
import { taskEnd } from "./taskEnd";
import type { Watched } from "./watched";

/**
 * Brings the states of the rows up to date, and takes those that have ended out of the open ones. Gives the rows that nobody
 * runs any more although they are not finished: they are to be submitted.
 */
export function readNews(watched: Watched, taskOf: Map<string, SlurmTask>, options: EngineOptions): RowState[] {
  const left: RowState[] = [];
  for (const state of watched.open) {
    const task = taskOf.get(state.row.id);
    const news = patient(rowNow(state, task, options.folderOf(state.row)), state, { watched, task, options });
    if (options.how.signal.aborted && isLetGo(watched, state, { task, news })) watched.open.delete(state);
    else if (news === "left") left.push(state);
    else if (news) tell(watched, state, { task, news, options });
  }
  return left;
}

const PATIENCE = 60_000; // ms in which a report that was written on a node must be seen here

/** Why Slurm lets rows wait as a matter of course. */
const USUAL = ["None", "Priority", "Resources", "JobArrayTaskLimit", "BeginTime", "Dependency", ""];

interface Known {
  watched: Watched;
  task: SlurmTask | undefined;
  options: EngineOptions;
}

/** A report that is not to be seen yet is waited for; undefined meanwhile. */
function patient(
  news: RowNews,
  state: RowState,
  { watched, task, options }: Known,
): Partial<RowState> | "left" | undefined {
  if (news !== "unseen") return news;
  const since = watched.unseen.get(state) ?? Date.now();
  watched.unseen.set(state, since);
  if (Date.now() - since < PATIENCE) return undefined;
  return { status: "failed", error: `${taskEnd(task, options.folderOf(state.row))}; there is no report` };
}

/** After the request to end, only rows that run in tasks of ours are waited for. */
function isLetGo(
  { own }: Watched,
  { status }: RowState,
  { task, news }: { task?: SlurmTask; news?: RowNews },
): boolean {
  const isOurs = task !== undefined && own.has(task.array);
  return !isOurs || news === "left" || (status === "waiting" && isOver(task));
}

interface News {
  task: SlurmTask | undefined;
  news: Partial<RowState>;
  options: EngineOptions;
}

function tell({ open, reasons }: Watched, state: RowState, { task, news, options }: News): void {
  const { log, onChange, titleOf } = options;
  const { status, since, place } = state;
  const title = titleOf(state.row);
  if (status === "running" && news.status === "waiting")
    log(`${title} waits again: Slurm has put it back into the queue`);
  if (status === "running" && news.status === "running" && since !== news.since)
    log(`${title} begins anew on ${news.place}`);
  if (news.status === "waiting" && !USUAL.includes(news.place ?? "") && !reasons.has(news.place!)) {
    reasons.add(news.place!);
    log(`Slurm lets rows wait: ${news.place}; scontrol show job ${task?.array} tells more`);
  }
  const hasEnded = task === undefined || isOver(task) || news.status === "ok";
  if (hasEnded && news.status !== "elsewhere") open.delete(state);
  if (status !== news.status || since !== news.since || place !== news.place) onChange(Object.assign(state, news));
}
