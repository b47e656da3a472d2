import type { CallSlurm } from "./callSlurm";
import { SlurmError } from "./slurmError";
import { isOver, isQueued, type SlurmTask } from "./slurmTasks";

/**
 * Takes tasks that wait out of the queue, and asks those that run to end in order, by SIGINT to their rows.
 *
 * @throws SlurmError where Slurm does not answer
 */
export async function endTasks(tasks: readonly SlurmTask[], call: CallSlurm): Promise<void> {
  const names = (wanted: SlurmTask[]) => wanted.map(({ array, index }) => `${array}_${index}`);
  const queued = names(tasks.filter(isQueued));
  const running = names(tasks.filter((task) => !isQueued(task) && !isOver(task)));
  if (queued.length > 0) await unlessOver(call("scancel", queued));
  if (running.length > 0) await unlessOver(call("scancel", ["--signal=INT", "--batch", ...running]));
}

/** A task that has ended in the meantime makes scancel fail, which is as well. */
async function unlessOver(said: Promise<string>): Promise<void> {
  try {
    await said;
  } catch (error) {
    if (!(error instanceof SlurmError) || error.isAway) throw error;
  }
}
