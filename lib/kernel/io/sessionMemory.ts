import { childrenOf, procText } from "./childProcesses";

/** Memory of the server that started this kernel, and of the kernels that it has. */
export interface SessionMemory {
  /** Bytes of all of them. */
  all: number;
  /** Bytes of this kernel. */
  own: number;
  /** Whether no other kernel has more. */
  isLargest: boolean;
}

/** Memory that is in use now. Where the system has no `/proc`, as outside of Linux, only this kernel's is known. */
export function sessionMemory(): SessionMemory {
  const own = process.memoryUsage.rss();
  const { ppid, pid } = process;
  const others = childrenOf(ppid)
    .filter((child) => child !== pid)
    .map(residentMemory);
  const all = own + others.reduce((sum, bytes) => sum + bytes, residentMemory(ppid));
  return { all, own, isLargest: others.every((bytes) => bytes <= own) };
}

/** Bytes that a process has in memory; 0 where it has ended. */
function residentMemory(pid: number): number {
  return 1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(procText(pid, "status"))?.[1] ?? 0);
}
