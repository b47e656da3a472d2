import { readFileSync } from "fs";

const TICKS = 100; // a second, in which Linux tells when a process has started
const ROUNDED = 20; // ms that a process may seem older than it is

/** The processes that this one has started and that still run; none where the system has no `/proc`, as outside of Linux. */
export function childrenOf(pid: number): number[] {
  return procText(pid, `task/${pid}/children`).split(" ").filter(Boolean).map(Number);
}

/**
 * Sends SIGINT to the processes that this one has started in the last so many milliseconds, and to those that they have started:
 * what a terminal does at Ctrl-C. Older ones, as a server that an earlier cell has started, are left alone.
 */
export function interruptChildren(age: number): void {
  const now = Number(textOf("/proc/uptime").split(" ")[0]);
  const young = childrenOf(process.pid).filter((pid) => 1000 * (now - startOf(pid)) <= age + ROUNDED);
  for (const pid of young.flatMap((one) => [one, ...descendantsOf(one)])) signal(pid);
}

/** A file of Linux about a process, empty where it has ended. */
export function procText(pid: number, name: string): string {
  return textOf(`/proc/${pid}/${name}`);
}

function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Seconds from the start of the system to that of a process. */
function startOf(pid: number): number {
  const stat = procText(pid, "stat");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]) / TICKS; // behind the name, which may hold anything
}

function signal(pid: number): void {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    // it has ended meanwhile
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
