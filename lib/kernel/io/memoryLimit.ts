import type { ErrorReport } from "../reportError";
import { type SessionMemory, sessionMemory } from "./sessionMemory";

const SHARE = 0.9; // of the limit: what a loop fills while the last messages leave has to fit above it
const FAR = 200; // ms between two looks while half of the limit is free
const NEAR = 20; // ms between two looks after that

/**
 * The memory that a user's server may have with all its kernels, in bytes, as JupyterHub says it in MEM_LIMIT; undefined
 * where it says nothing.
 */
export function memoryLimit(env = process.env): number | undefined {
  const limit = Number(env.MEM_LIMIT);
  return limit > 0 && Number.isFinite(limit) ? limit : undefined;
}

/**
 * Calls `onOver`, once, where nearly all of the limit is used and no other kernel uses more than this one. Soon the system
 * would end a process of its choice, without a word.
 *
 * @param limit - bytes for the server and its kernels
 */
export function watchMemory(limit: number, onOver: (error: ErrorReport) => void): void {
  const look = () => {
    const memory = sessionMemory();
    if (memory.all > SHARE * limit && memory.isLargest) return onOver(overLimit(limit, memory));
    setTimeout(look, memory.all > limit / 2 ? NEAR : FAR).unref();
  };
  look();
}

function overLimit(limit: number, { all, own }: SessionMemory): ErrorReport {
  const ename = "MemoryLimitError";
  const evalue =
    `your notebooks may use ${gigabytes(limit)} of memory and used ${gigabytes(all)}, this one ${gigabytes(own)}: ` +
    "this kernel was ended before the system would have ended one. Its variables are gone, the notebook is not; " +
    "run it again with less at a time (fewer rows, smaller batches, dispose() of tensors), or shut down other kernels";
  return { ename, evalue, traceback: [`${ename}: ${evalue}`] };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
