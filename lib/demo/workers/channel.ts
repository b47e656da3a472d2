import { fork } from "node:child_process";
import { typeScriptLoader } from "../../files";
import type { FromWorker, ToWorker } from "./messages";

/** A worker as the server reaches it. */
export interface Channel {
  /** What people know it by: the number of its process. */
  id: number;
  send(message: ToWorker): void;
  onMessage(hear: (message: FromWorker) => void): void;
  /** Called once, with the reason, when it has ended. */
  onEnd(hear: (why: string) => void): void;
  /** Ends it at once, whatever it does. */
  kill(): void;
}

/** What is started. */
export interface ProcessOptions {
  /** The file of the program, in TypeScript. */
  program: string;
  args?: string[];
  /** Threads of its kernels where ATELIER_THREADS says nothing. */
  threads: number;
}

/** Young objects have little room, as in the server, so that the bytes of pictures are soon freed. */
const FLAGS = ["--max-semi-space-size=4"];

/** Starts a process whose program calls `processLink`. What it prints goes to stderr. */
export function startProcess({ program, args = [], threads }: ProcessOptions): Channel {
  const child = fork(program, args, {
    execArgv: [...FLAGS, "--require", typeScriptLoader],
    env: { ATELIER_THREADS: String(threads), ...process.env },
    stdio: ["ignore", 2, 2, "ipc"],
    serialization: "advanced", // bytes as they are
  });
  const ended = new Promise<string>((resolve) => {
    child.once("error", ({ message }) => resolve(message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return {
    id: child.pid ?? 0,
    send: (message) => void (child.connected && child.send(message, () => {})), // its end is heard by onEnd
    onMessage: (hear) => void child.on("message", (message) => hear(message as FromWorker)),
    onEnd: (hear) => void ended.then(hear),
    kill: () => void child.kill("SIGKILL"),
  };
}
