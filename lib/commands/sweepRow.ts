import { loadTask, runTask } from "../sweep/engines/slurm/runTask";
import { abortOnInterrupt } from "./abortOnInterrupt";
import { RUNS } from "./runsFolder";
import { orUsageError, readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run sweep -- row FILE INDEX

Runs one row of a sweep in a task of Slurm: the script that npm run sweep submits calls it.`;

/** `npm run sweep -- row`: what a task of Slurm runs. */
export async function sweepRow(args: string[]): Promise<number> {
  const { positionals } = readArguments(args, { allowPositionals: true }, HELP);
  const [file = "", index = ""] = positionals;
  if (positionals.length !== 2 || !/^\d+$/.test(index))
    throw new UsageError(`A file of rows and a row's number are wanted. ${HELP.split("\n")[0]}`);
  const task = orUsageError(() => loadTask(file, Number(index)));
  const hurry = new AbortController();
  const signal = abortOnInterrupt({ hurry });
  return runTask(task, { runs: RUNS, signal, hurry: hurry.signal, log: console.log });
}
