import { readdirSync, readFileSync } from "node:fs";

/** What a process takes, in MB. */
export interface ProcessMemory {
  pid: number;
  /** All that it has in memory. */
  resident: number;
  /** The same, but of what it shares with other processes its share alone (proportional set size). */
  proportional: number;
}

/** Of a process and those that it started, it first; Linux tells it. */
export function memoryOf(pid: number): ProcessMemory[] {
  return [pid, ...childrenOf(pid)].flatMap((one) => {
    try {
      const text = readFileSync(`/proc/${one}/smaps_rollup`, "utf8");
      const of = (name: string) => (Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(text)?.[1]) * 1024) / 1e6;
      return [{ pid: one, resident: of("Rss"), proportional: of("Pss") }];
    } catch {
      return []; // it has just ended
    }
  });
}

/** The numbers of the processes of Node that a process has started and that run: esbuild, which has built the page, is none. */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`)
    .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" "))
    .filter((child) => child && !readFileSync(`/proc/${child}/cmdline`, "utf8").includes("esbuild"))
    .map(Number);
}

/** Seconds of a processor core that a process has used, and those that it started together. */
export function coresOf(pid: number): { server: number; workers: number } {
  const [server, ...workers] = [pid, ...childrenOf(pid)].map((one) => {
    const fields = readFileSync(`/proc/${one}/stat`, "utf8").split(") ")[1].split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS; // utime and stime: proc(5)
  });
  return { server, workers: workers.reduce((sum, one) => sum + one, 0) };
}

/** A second, as Linux counts the time of processes. */
const TICKS = 100;
