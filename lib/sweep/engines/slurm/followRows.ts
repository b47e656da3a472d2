import { setTimeout } from "node:timers/promises";
import { shownPath } from "../../../files";
import { rowsInWords } from "../../formatStates";
import { folderHolder } from "../../../lock/folderLock";
import type { RowState } from "../../runSweep";
import type { EngineOptions } from "../engine";
import { endTasks } from "./endTasks";
import { readNews } from "./readNews";
import { SlurmError } from "./slurmError";
import { isOver, isQueued, listTasks, type SlurmTask, tasksOfRows } from "./slurmTasks";
import { type Cluster, submitRows } from "./submitRows";
import { newWatched, type Watched } from "./watched";

/**
 * Submits the rows that wait, unless Slurm has them already or another process runs them, and follows all until they have
 * ended. Rows that were submitted here end in order when `how.signal` is aborted; others are left running.
 *
 * @throws SlurmError where Slurm takes no row, and there is none to follow
 */
export async function followRows(states: readonly RowState[], options: EngineOptions, cluster: Cluster): Promise<void> {
  const watched = newWatched(states);
  const tasks = await listTasks(cluster.call, options.sweepFolder);
  await submit(watched, newRows(watched, options, tasks), { options, cluster });
  if (options.slurm?.detach) return;
  for (let { look: wait = FIRST_LOOK } = cluster; watched.open.size > 0; wait = Math.min(LONGEST_LOOK, wait * SLOWER)) {
    await pauseUnlessAsked(wait, options);
    if (!(await look(watched, options, cluster))) return;
  }
}

const FIRST_LOOK = 0.25; // s
const LONGEST_LOOK = 3; // s: more often would be a burden for Slurm
const SLOWER = 1.2;

/** The rows that are to be submitted. Says which others are under way. */
function newRows({ open }: Watched, { folderOf, log, onChange }: EngineOptions, tasks: SlurmTask[]): RowState[] {
  const taskOf = tasksOfRows(tasks.filter((task) => !isOver(task)));
  const left = Array.from(open).filter(({ row }) => !taskOf.has(row.id));
  const arrays = Array.from(open).flatMap(({ row }) => taskOf.get(row.id)?.array ?? []);
  const numbers = [...new Set(arrays)].join(" ");
  if (numbers)
    log(`array ${numbers} of an earlier start is followed; Ctrl-C leaves it running, scancel ${numbers} ends it`);
  const held = left.filter(({ row }) => folderHolder(folderOf(row)));
  for (const state of held) onChange(Object.assign(state, { status: "elsewhere" }));
  return left.filter(({ status }) => status === "waiting");
}

interface At {
  options: EngineOptions;
  cluster: Cluster;
}

/** Submits rows. What Slurm does not take is told, and stays for the next start. */
async function submit({ open, own }: Watched, rest: RowState[], { options, cluster }: At): Promise<void> {
  const left = new Set(rest);
  const rows = rest.map(({ row }) => row);
  try {
    for await (const { array, rows: taken, script } of submitRows(rows, options, cluster)) {
      own.add(Number(array));
      for (const state of rest) if (taken.includes(state.row)) left.delete(state);
      options.log(`array ${array}: ${rowsInWords(taken.length)}, submitted by ${shownPath(script)}`);
      for (const state of rest) if (!left.has(state)) options.onChange(Object.assign(state, { status: "waiting" }));
      if (options.how.signal.aborted) break;
    }
  } catch (error) {
    if (!(error instanceof SlurmError) || open.size === left.size) throw error;
    options.log(error.message);
  }
  for (const state of left) open.delete(state);
}

/**
 * Sees how far the rows are, and submits those that another process has left; gives false where there is nothing more to wait for.
 *
 * @throws SlurmError where Slurm refuses these, and there is none to follow
 */
async function look(watched: Watched, options: EngineOptions, cluster: Cluster): Promise<boolean> {
  const { how, log, sweepFolder } = options;
  const waitFor = (error: unknown) => {
    if (!(error instanceof SlurmError)) throw error;
    if (!watched.isAway) log(`${error.message}; what runs goes on`);
    watched.isAway = true;
    return !how.signal.aborted;
  };
  let left: RowState[];
  try {
    const tasks = await listTasks(cluster.call, sweepFolder);
    if (how.signal.aborted) await askToEnd(watched, tasks, { options, cluster });
    if (watched.isAway) log("Slurm answers again");
    watched.isAway = false;
    const taskOf = tasksOfRows(tasks);
    const before = [...watched.open];
    left = readNews(watched, taskOf, options);
    const ended = before.filter((state) => state.status === "ok" && !watched.open.has(state));
    await endTasks(ended.flatMap(({ row }) => taskOf.get(row.id) ?? []).filter(isQueued), cluster.call);
  } catch (error) {
    return waitFor(error);
  }
  try {
    if (left.length > 0) await submit(watched, left, { options, cluster });
    return true;
  } catch (error) {
    if (error instanceof SlurmError && !error.isAway) throw error; // at the next look it would refuse them too
    return waitFor(error);
  }
}

/** Ends the tasks that were submitted here: each is asked once, and again where it is asked in a hurry. */
async function askToEnd({ own, asked }: Watched, tasks: SlurmTask[], { options, cluster }: At): Promise<void> {
  const times = options.how.hurry.aborted ? 2 : 1;
  const nameOf = ({ array, index, since }: SlurmTask) => `${array}_${index} ${since}`;
  const wanted = tasks.filter((task) => own.has(task.array) && (asked.get(nameOf(task)) ?? 0) < times);
  for (const task of wanted) asked.set(nameOf(task), times);
  await endTasks(wanted, cluster.call);
}

/** A first, or second, request to end breaks the pause off. */
async function pauseUnlessAsked(seconds: number, { how }: EngineOptions): Promise<void> {
  const signal = [how.signal, how.hurry].find(({ aborted }) => !aborted);
  await setTimeout(seconds * 1000, undefined, { signal }).catch(() => {});
}
