import { type ChildProcess, spawn } from "child_process";
import type { KernelSpec } from "../kernel/kernelSpec";

/** A kernel's operating system process, which does not outlive ours. */
export interface KernelProcess {
  pid: number;
  /** Settles when the process is gone, with how it ended in words: "exit code 1", "signal SIGKILL". */
  exited: Promise<string>;
  /** The last lines the process wrote outside of any cell, for error messages. */
  lastWords(): string;
  /** Asks the kernel to interrupt what it runs. On Windows, which has no such signal, it ends the process. */
  interrupt(): void;
  /** Ends the process and its children: SIGTERM, and SIGKILL to all that is left after `grace` seconds. */
  end(grace?: number): Promise<void>;
}

const LAST_WORDS_LIMIT = 4000; // characters; a stack and the line before it
const WORDS_GRACE = 300; // ms from the end of a process to its last words
const isWindows = process.platform === "win32";

/** Starts a kernel in the folder `cwd`, in a process group of its own, so that Ctrl-C reaches it only through us. */
export function spawnKernel(spec: KernelSpec, cwd: string, env: Record<string, string | undefined>): KernelProcess {
  const [command, ...args] = spec.argv;
  const child = spawn(command, args, {
    cwd,
    // Jupyter's name for the process whose end a kernel is to follow, also when that comes before the kernel can look.
    env: { ...env, JPY_PARENT_PID: String(process.pid), NODE_TEST_CONTEXT: undefined, ...spec.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: !isWindows,
    windowsHide: true,
  });
  const lastWords = collectLastWords(child);
  const exited = exitOf(child);
  guard(child, exited);
  const end = async (grace = 2) => {
    signalGroup(child, "SIGTERM");
    const timer = setTimeout(() => signalGroup(child, "SIGKILL"), grace * 1000);
    await exited;
    clearTimeout(timer);
    signalGroup(child, "SIGKILL");
  };
  return { pid: child.pid ?? -1, exited, lastWords, interrupt: () => void child.kill("SIGINT"), end };
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(`it could not be started: ${error.message}`));
    child.once("exit", (code, signal) => {
      const end = () => resolve(signal ? `signal ${signal}` : `exit code ${code}`);
      child.once("close", end); // its last words have come
      setTimeout(end, WORDS_GRACE); // a process that it has started may keep the pipes open
    });
  });
}

function collectLastWords(child: ChildProcess): () => string {
  let text = "";
  const add = (chunk: Buffer) => (text = (text + chunk.toString()).slice(-LAST_WORDS_LIMIT));
  child.stdout?.on("data", add);
  child.stderr?.on("data", add);
  return () => text.trim();
}

/** A signal to the kernel and all it has started. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (isWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

const alive = new Set<ChildProcess>();

function guard(child: ChildProcess, exited: Promise<string>): void {
  if (alive.size === 0) watchOurEnd();
  alive.add(child);
  void exited.then(() => {
    alive.delete(child);
    if (alive.size === 0) unwatchOurEnd();
  });
}

const endSignals: NodeJS.Signals[] = isWindows ? ["SIGINT"] : ["SIGINT", "SIGTERM", "SIGHUP"];

function watchOurEnd(): void {
  process.on("exit", killAll);
  for (const signal of endSignals) process.on(signal, onEndSignal);
}

function unwatchOurEnd(): void {
  process.off("exit", killAll);
  for (const signal of endSignals) process.off(signal, onEndSignal);
}

function killAll(): void {
  for (const child of alive) signalGroup(child, "SIGKILL");
}

/** Dies of the signal as we would without this listener; where others listen too, what happens is theirs to decide. */
function onEndSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  killAll();
  unwatchOurEnd();
  process.kill(process.pid, signal);
}
