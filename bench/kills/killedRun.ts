import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../lib/files";
import type { TrainingNotebook } from "./trainingNotebook";

/** Whom to kill. */
export type Victim = "kernel" | "runner";

/** When to kill: so many seconds after the start, or after so many checkpoints are there. */
export interface Moment {
  checkpoints: number;
  seconds: number;
}

/** How a run ended. */
export interface Ended {
  seconds: number;
  code: number | null;
  /** Its last words, for what went wrong. */
  said: string;
}

const LOOK = 10; // ms between looks for the kernel

/** Starts `npm run notebook`; its temporary files, by whose names its processes are known, lie in the notebook's folder. */
function startRun({ folder, file, output }: TrainingNotebook): { runner: ChildProcess; ended: Promise<Ended> } {
  const begin = performance.now();
  const runner = spawn(process.execPath, ["setup.js", "notebook", file, "-o", output], {
    cwd: projectRoot,
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [runner.stdout, runner.stderr])
    stream?.on("data", (text) => (said = (said + text).slice(-2000)));
  const ended = once(runner, "close").then(([code]) => ({ seconds: (performance.now() - begin) / 1000, code, said }));
  return { runner, ended };
}

/** Runs the notebook to its end. */
export function run(notebook: TrainingNotebook): Promise<Ended> {
  return startRun(notebook).ended;
}

/** Runs the notebook and kills one of its processes at that moment; gives false when the run was over by then. */
export async function runAndKill(notebook: TrainingNotebook, victim: Victim, moment: Moment): Promise<boolean> {
  const { runner, ended } = startRun(notebook);
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (countCheckpoints(notebook) < moment.checkpoints && !isOver) await pause(LOOK);
  await pause(moment.seconds * 1000);
  let pid = victim === "runner" ? runner.pid : kernelOf(notebook);
  for (; !pid && !isOver; pid = kernelOf(notebook)) await pause(LOOK);
  if (isOver || !pid) return false;
  process.kill(pid, "SIGKILL");
  await ended;
  return true;
}

/** The processes of this notebook's runs that are there. */
export function processesOf({ folder }: TrainingNotebook): { pid: number; args: string }[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,stat=,args="], { encoding: "utf8" });
  return stdout
    .split("\n")
    .map((line) => /^\s*(\d+) (\S+)\s+(.*)$/.exec(line))
    .flatMap((found) => (found && !found[2].startsWith("Z") ? [{ pid: Number(found[1]), args: found[3] }] : []))
    .filter(({ args }) => args.includes(path.basename(folder)));
}

/** Epochs of which there is a checkpoint. */
export function countCheckpoints({ checkpoints }: TrainingNotebook): number {
  if (!fs.existsSync(checkpoints)) return 0;
  const names = fs.readdirSync(checkpoints, { recursive: true }) as string[];
  return names.filter((name) => /epoch-\d+\.checkpoint$/.test(name)).length;
}

function kernelOf(notebook: TrainingNotebook): number | undefined {
  return processesOf(notebook).find(({ args }) => args.includes("launch.js"))?.pid;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
