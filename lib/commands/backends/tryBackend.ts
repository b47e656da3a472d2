import { spawn } from "node:child_process";
import * as path from "node:path";
import { projectRoot, typeScriptLoader } from "../../files";
import type { TrialOutcome, TrialTask } from "./backendTrial";

/** How a trial is run. */
export interface TrialOptions extends Partial<TrialTask> {
  /** Seconds after which its process is ended. */
  patience?: number;
  /** Its program; default backendTrial.ts. */
  script?: string;
  /** Variables on top of our own. */
  env?: Record<string, string>;
}

const SCRIPT = path.join(__dirname, "backendTrial.ts");

/** A step of plain JavaScript takes half a minute, on a busy machine several. */
const PATIENCE = 600;

/**
 * Tries a backend in a process of its own with steps of training; without a name, has `useBackend` choose one there.
 *
 * @returns what came out, or why nothing did: the backend's own reason, or how its process ended
 */
export async function tryBackend(options: TrialOptions): Promise<TrialOutcome | { why: string }> {
  const { patience = PATIENCE, script = SCRIPT, name, steps = 10, batchSize = 32, seconds = 20 } = options;
  const task: TrialTask = { name, steps, batchSize, seconds };
  const args = ["-r", typeScriptLoader, script, JSON.stringify(task)];
  const { said, noise, end } = await runProcess(args, { patience, env: { ...process.env, ...options.env } });
  const answer = said.trimEnd().split("\n").at(-1);
  if (answer?.startsWith("{")) return JSON.parse(answer) as TrialOutcome | { why: string };
  return { why: `its process ended (${end})${noise && `: ${noise}`}` };
}

/** What a process of Node's writes, the first line of what it says beside, and how it ends. */
function runProcess(
  args: string[],
  { patience, env }: { patience: number; env: NodeJS.ProcessEnv },
): Promise<Record<"said" | "noise" | "end", string>> {
  const child = spawn(process.execPath, args, { cwd: projectRoot, env, stdio: ["ignore", "pipe", "pipe"] });
  const close = () => void child.kill("SIGKILL");
  const timer = setTimeout(close, patience * 1000);
  process.once("exit", close);
  let [said, noise] = ["", ""];
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (noise += text));
  return new Promise((resolve) => {
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      process.off("exit", close);
      const end = child.killed ? `after ${patience} s without an answer` : (signal ?? `exit code ${code}`);
      resolve({ said, noise: noise.trim().split("\n")[0], end });
    });
  });
}
