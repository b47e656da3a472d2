import { readFileSync } from "node:fs";
import { lastWords } from "../../rowResult";
import { outputOf } from "./arrayScript";
import type { SlurmTask } from "./slurmTasks";

/** Why a task has ended that left its row unfinished, in one line. */
export function taskEnd(task: SlurmTask | undefined, folder: string): string {
  if (!task) return lastWords(folder, "Slurm, which does not list its task any more");
  const { state, node } = task;
  const how = `${state}${node ? ` on ${node}` : ""}`;
  if (CURES[state] !== undefined) return [how, CURES[state]].filter(Boolean).join("; ");
  return `${how}${lastLine(outputOf(task.folder, task.index)) ?? NO_LINE}`;
}

const CURES: Record<string, string> = {
  CANCELLED: "",
  DEADLINE: "give a later --deadline to --sbatch",
  NODE_FAIL: "",
  OUT_OF_MEMORY: "give more --memory",
  PREEMPTED: "",
  TIMEOUT: "Slurm's time limit is over; give more, as in --sbatch=--time=2:00:00",
};

const NO_LINE =
  " before it wrote a line; all nodes must share the project's folder and have Node where this machine has it";

function lastLine(file: string): string | undefined {
  try {
    const text = readFileSync(file, "utf8").trim();
    return text === "" ? undefined : `: ${text.slice(text.lastIndexOf("\n") + 1)}`;
  } catch {
    return undefined;
  }
}
