import { duration } from "../text";
import type { KnownUses } from "../kernel/feeds";
import type { Listener } from "./kernelClient";
import type { Kernel } from "./startKernel";
import { within } from "./within";

/** How a cell ended: with an answer of its own, or stopped; and the error to show where it is not the kernel's. */
export interface CellOutcome {
  kind: "answer" | "timeout" | "interrupted" | "dead";
  /** Whether the cell has an error to show. */
  failed: boolean;
  error?: Error;
  /** Whether the kernel is gone. */
  kernelEnded: boolean;
  /** What the cell does with names, as far as the kernel told it. */
  uses?: KnownUses;
}

/** What may stop a cell, and how long it may then take. */
export interface CellLimits {
  /** Seconds a cell may take; no limit by default, nor above `LONGEST_TIMEOUT`. */
  cellTimeout?: number;
  /** Interrupts the cell. */
  signal?: AbortSignal;
  /** Ends the kernel of a cell that was interrupted and has not answered yet. */
  hurry?: AbortSignal;
  /** Seconds an interrupted cell has to answer before its kernel is ended: 5 after a timeout, 10 after `signal`. */
  interruptGrace?: number;
}

/** The most seconds a timer can wait, nearly 25 days; it would end at once for more. */
export const LONGEST_TIMEOUT = 2_147_483;
/** Seconds for a training to finish its batch and keep its weights, when a person stops it. */
export const ABORT_GRACE = 10;
const TIMEOUT_GRACE = 5;

/** Runs code to its end, its timeout or its interruption, whichever comes first. Does not throw. */
export async function cellOutcome(
  kernel: Kernel,
  { code, onMessage }: { code: string; onMessage: Listener },
  { cellTimeout, signal, hurry, interruptGrace }: CellLimits,
): Promise<CellOutcome> {
  const stop = watchLimits(cellTimeout, signal);
  const reply: Promise<CellOutcome> = kernel.execute(code, onMessage).then(
    ({ status, uses }) => ({ kind: "answer", failed: status !== "ok", kernelEnded: false, ...(uses && { uses }) }),
    (error: Error) => ({ kind: "dead", failed: true, kernelEnded: true, error }),
  );
  try {
    const first = await Promise.race([reply, stop.reason]);
    if (typeof first !== "string") return first;
    kernel.interrupt();
    const grace = interruptGrace ?? (first === "timeout" ? TIMEOUT_GRACE : ABORT_GRACE);
    const answer = await within(grace, Promise.race([reply, aborted(hurry)]));
    if (!answer) await kernel.shutdown({ grace: 0 });
    const kernelEnded = answer?.kernelEnded ?? true;
    if (first === "interrupted")
      return { kind: first, failed: answer?.failed ?? true, kernelEnded, error: new Interrupted() };
    const error = new CellTimeoutError(timeoutText(cellTimeout, answer !== undefined));
    return { kind: first, failed: true, kernelEnded, error };
  } finally {
    stop.forget();
  }
}

/** Settles when a signal is aborted, never without one. */
function aborted(signal: AbortSignal | undefined): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve(undefined);
    signal?.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

class Interrupted extends Error {
  override name = "Interrupted";
  override message = "the run was stopped on request";
}

class CellTimeoutError extends Error {
  override name = "CellTimeoutError";
}

function timeoutText(limit = Infinity, answered: boolean): string {
  const end = answered ? "was interrupted" : "did not react to an interrupt, so its kernel was ended";
  return `the cell ran longer than its limit of ${duration(limit * 1000)} and ${end}`;
}

function watchLimits(timeout: number | undefined, signal: AbortSignal | undefined) {
  let forget = () => {};
  const reason = new Promise<"timeout" | "interrupted">((resolve) => {
    const timed = timeout !== undefined && timeout <= LONGEST_TIMEOUT;
    const timer = timed ? setTimeout(() => resolve("timeout"), timeout * 1000) : undefined;
    const onAbort = () => resolve("interrupted");
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort);
    forget = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
  });
  return { reason, forget };
}
