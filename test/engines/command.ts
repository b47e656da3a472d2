import { type ChildProcess, spawn } from "node:child_process";

/** One of the npm scripts while it runs. */
export interface Command {
  child: ChildProcess;
  /** What it has said so far. */
  said(): string;
  /** Waits until it has said this. */
  until(pattern: RegExp): Promise<void>;
  /** Resolves to its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

const LIMIT = 60; // seconds to wait for a word

const running = new Map<ChildProcess, Command>();

/** Starts one of the npm scripts in a project's folder. */
export function startCommand(folder: string, args: string[], env: Record<string, string> = {}): Command {
  const own = { ...process.env, ...env, npm_execpath: "no-npm", NODE_TEST_CONTEXT: undefined };
  const child = spawn(process.execPath, ["setup.js", ...args], { cwd: folder, env: own });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  const ended = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? code ?? 1)),
  );
  void ended.then(() => running.delete(child));
  const until = async (pattern: RegExp) => {
    for (let look = 0; look < LIMIT * 20; look++) {
      if (pattern.test(said)) return;
      if (child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (!pattern.test(said)) throw new Error(`"${args.join(" ")}" has not said ${String(pattern)}, but:\n${said}`);
  };
  const command: Command = { child, said: () => said, until, ended };
  running.set(child, command);
  return command;
}

/** What those that still run have said, for the message of a test that waits in vain. */
export function saidByAll(): string {
  return [...running.values()].map((command) => `${command.child.spawnargs.slice(1).join(" ")}\n${command.said()}`).join("\n"); // prettier-ignore
}

/** Ends all that still run, by default at once: what a failed test has left. */
export function endCommands(signal: NodeJS.Signals = "SIGKILL"): void {
  for (const child of running.keys()) child.kill(signal);
}
