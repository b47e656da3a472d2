import { availableParallelism } from "node:os";
import { duration } from "../../lib/text";
import type { Project } from "../../test/commands/project";
import { endCommands } from "../../test/engines/command";
import { startRedis } from "../../test/engines/redisServer";
import { copyProject, type EndedRow, readRows } from "./benchProject";
import { rowSeconds } from "./rowSeconds";
import { writeSmallNotebook } from "./smallNotebook";
import { runSweep, startWorkers, type SweepRun } from "./sweepRun";

/** What is measured. */
export interface Comparison {
  rows: number;
  /** Seconds between two kills. */
  every: number;
  /** Whether rows are of a small notebook, and not of lesson 2. */
  isSmall: boolean;
  signal: AbortSignal;
}

const NAME = "bench";

/** Runs the sweep on all engines and prints a table; resolves to whether no row was lost, done twice or other. */
export async function compareEngines({ rows, every, isSmall, signal }: Comparison): Promise<boolean> {
  const wordsOf = (project: Project) => [
    ...(isSmall ? [writeSmallNotebook(project)] : ["02", "--quick"]),
    ...["-p", `seed=1..${rows}`, "--name", NAME],
  ];
  const atOnce = availableParallelism();
  signal.addEventListener("abort", () => endCommands("SIGINT"));
  console.log(HEAD);
  const wanted = await inCopy(async (project) => {
    const run = await runSweep(project, [...wordsOf(project), "--at-once", String(atOnce)]);
    return told("local", { project, run, atOnce, rows, done: run.said });
  });
  let isFine = wanted.isFine;
  const others: [name: string, workers: number, every: number][] = [["bullmq", atOnce, 0], ["bullmq, workers killed", 3, every]]; // prettier-ignore
  for (const [name, count, seconds] of others) {
    if (signal.aborted) return false;
    await inCopy(async (project) => {
      const queued = [...wordsOf(project), "--engine", "bullmq"];
      const redis = await startRedis(["--appendonly", "no"]);
      const workers = await startWorkers(project, count, redis.url);
      const timer = seconds > 0 && setInterval(() => workers.killOne(), seconds * 1000);
      const run = await runSweep(project, queued, redis.url);
      if (timer) clearInterval(timer);
      const done = await workers.end();
      const { isFine: isSame } = told(name, { project, run, atOnce: count, rows, done, wanted: wanted.rows });
      const again = await runSweep(project, queued, redis.url);
      console.log(`  again: ${duration(again.seconds * 1000)}, ${again.said.split("\n")[0]}`);
      isFine &&= isSame && run.code === 0;
      await redis.remove();
    });
  }
  return isFine;
}

const HEAD = "engine                     at once          wall      lost     twice     other  overhead a row";

interface Told {
  project: Project;
  run: SweepRun;
  atOnce: number;
  rows: number;
  /** What said that rows were done: the sweep itself, or its workers. */
  done: string;
  wanted?: EndedRow[];
}

/** Prints a line of the table. */
function told(name: string, { project, run, atOnce, rows, done, wanted }: Told): { isFine: boolean; rows: EndedRow[] } {
  const ended = readRows(project, NAME);
  const lost = rows - ended.filter(({ status }) => status === "ok").length;
  const times = Array.from({ length: rows }, (_, index) => timesDone(done, index + 1));
  const twice = times.filter((count) => count > 1).length;
  const other = wanted ? ended.filter(({ numbers }, row) => numbers !== wanted[row].numbers).length : 0;
  const own = rowSeconds(project.folder);
  const overhead = own === undefined ? "-" : `${((run.seconds * atOnce - own) / rows).toFixed(2)} s`;
  const counts = [lost, twice, other].map((count) => String(count).padStart(10));
  const cells = [String(atOnce).padStart(10), duration(run.seconds * 1000).padStart(14), ...counts];
  console.log(`${name.padEnd(24)}${cells.join("")}  ${overhead}`);
  if (run.code !== 0) console.log(run.said);
  return { isFine: lost + twice + other === 0, rows: ended };
}

/** Lines that say that the row of this seed has ended well. */
function timesDone(said: string, seed: number): number {
  return said.match(new RegExp(`seed=${seed}  (?!given back|is with)`, "g"))?.length ?? 0;
}

async function inCopy<T>(action: (project: Project) => Promise<T>): Promise<T> {
  const project = copyProject();
  try {
    return await action(project);
  } finally {
    project.remove();
  }
}
