import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { typeScriptLoader } from "../lib/files";

/** A process that works when it is asked and sleeps else. */
export interface Contender {
  /** Gives it a task and waits for the answer. Throws an Error with what it said last when it ends before. */
  ask<Answer>(task: object): Promise<Answer>;
  /** Waits for what it says without being asked. Throws as `ask` does. */
  receive<Answer>(): Promise<Answer>;
  /** Ends the process, whatever it does. */
  close(): void;
}

/** How a contender is started. */
export interface ContenderOptions {
  program: string;
  args: string[];
  env?: Record<string, string>;
  /** Processor cores it may use; where there are more and the system can, it is kept off the others. */
  threads: number;
}

/**
 * Starts a process that speaks JSON, a line for each answer: for each task what its comparison defines, or `{error}`. It
 * ends when its input does, so that none outlives us.
 */
export function startContender({ program, args, env, threads }: ContenderOptions): Contender {
  const words = [...keptOn(threads), program, ...args];
  const child = spawn(words[0], words.slice(1), { env: { ...process.env, ...env }, windowsHide: true });
  const close = () => void child.kill("SIGKILL");
  process.once("exit", close);
  let noise = "";
  child.stderr.on("data", (text) => (noise = (noise + text).slice(-NOISE)));
  child.stdin.on("error", () => {}); // it has ended: the answer that is waited for says so
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = new Promise<string>((resolve) => {
    child.once("error", ({ message }) => resolve(message));
    child.once("close", (code, signal) => resolve(`it ended (${signal ?? `exit code ${code}`})`));
  });
  void ended.then(() => process.off("exit", close));

  async function receive<Answer>(): Promise<Answer> {
    const { value } = (await lines.next()) as { value?: string };
    if (value === undefined) throw new Error(`${program}: ${await ended}${noise && `: ${noise.trim()}`}`);
    const said = JSON.parse(value) as Answer & { error?: string };
    if (said.error !== undefined) throw new Error(`${program}: ${said.error}`);
    return said;
  }

  function ask<Answer>(task: object): Promise<Answer> {
    child.stdin.write(JSON.stringify(task) + "\n");
    return receive();
  }

  return { ask, receive, close };
}

/** How a task is given to a process of its own. */
export interface AloneOptions {
  /** The program, in TypeScript, which calls `answerTasks`. */
  script: string;
  threads: number;
  /** Ends the process. */
  signal: AbortSignal;
}

/** Gives a task to a new process, which ends with it: its memory is that of this task. */
export async function askAlone<Answer>(task: object, { script, threads, signal }: AloneOptions): Promise<Answer> {
  signal.throwIfAborted();
  const contender = startContender({
    program: process.execPath,
    args: ["--require", typeScriptLoader, script],
    threads,
  });
  signal.addEventListener("abort", contender.close);
  try {
    return await contender.ask<Answer>(task);
  } finally {
    signal.removeEventListener("abort", contender.close);
    contender.close();
  }
}

/** Characters kept of what a contender says beside its answers. */
const NOISE = 2000;

/** The words before a program that keep it on so many cores; none where all are wanted or the system has no taskset. */
function keptOn(threads: number): string[] {
  const cores = allowedCores();
  if (threads >= cores.length) return [];
  const words = ["taskset", "-c", cores.slice(-threads).join(",")];
  return spawnSync(words[0], [...words.slice(1), "true"]).status === 0 ? words : [];
}

/** The numbers of the cores this process may use; empty where Linux does not tell. */
function allowedCores(): number[] {
  if (process.platform !== "linux") return [];
  const [, list = ""] = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return list.split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}
