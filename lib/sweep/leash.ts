import type { ChildProcess } from "node:child_process";
import { join } from "node:path";

/** The exit code of a process that ended because we were paused. */
export const LET_GO = 75;

const SIGN = 500; // ms between two signs of life

/** Words for Node, before those of the script, of a process that is to be held by `holdLeash`. */
export const LEASHED: readonly string[] = ["--require", join(__dirname, "leashed.js")];

/**
 * Holds a process that has a channel to us: it dies at once when we end, within 4 to 5 seconds when we are paused, and
 * when `cut` is aborted.
 */
export function holdLeash(child: ChildProcess, cut: AbortSignal): void {
  const timer = setInterval(() => child.connected && child.send("alive", () => {}), SIGN);
  const kill = () => void child.kill("SIGKILL");
  cut.addEventListener("abort", kill);
  child.once("exit", () => {
    clearInterval(timer);
    cut.removeEventListener("abort", kill);
  });
  if (cut.aborted) kill();
}
