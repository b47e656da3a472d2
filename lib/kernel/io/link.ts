import type { CommMessage } from "../commTypes";
import type { ScriptInfo } from "../debug/debugTarget";

/** A public message; contents and metadata are JSON text. */
export interface Published {
  type: string;
  content: string;
  metadata: string;
  buffers: Uint8Array[];
}

/** What the thread of the sockets tells the thread that computes. */
export type ToMain =
  /** `shell`: the subshell that is asked; none for the main shell. */
  | { kind: "request"; id: number; type: string; content: Record<string, unknown>; shell?: string }
  /** A client's comm_open, comm_msg or comm_close, which wants a `commDone`. */
  | ({ kind: "comm"; id: number } & CommMessage)
  /** A person wants the cells of these requests to stop. `emit`: no signal came for it. `count` is to be answered. */
  | { kind: "interrupt"; ids: number[]; emit: boolean; count: number }
  /** A subshell was deleted. `count` is to be answered. */
  | { kind: "deleted"; shell: string; count: number }
  /** What ran was broken off, for this request unless the thread knows better. */
  | { kind: "terminated"; id: number }
  /** The debugger has set its breakpoints in the scripts of this number. */
  | { kind: "scriptsKnown"; id: number }
  /** What a person has typed, on `input`. */
  | { kind: "answer"; text: string }
  | { kind: "exit" };

/**
 * What the thread that computes tells the thread of the sockets. Contents are JSON text. `cell` is the request that something
 * belongs to; where it is left out, the one whose cell the main shell runs, or ran last.
 */
export type ToIo =
  /** The compiler is loaded: what is asked now is answered soon. */
  | { kind: "ready" }
  | { kind: "begin"; id: number }
  | { kind: "stream"; cell?: number; name: "stdout" | "stderr"; text: string }
  | { kind: "publish"; cell?: number; type: string; content: string }
  /** Belongs to a client's message of a comm, or without `request` to a cell. `size`: what was counted as under way. */
  | { kind: "commPublish"; request?: number; cell?: number; message: Published; size: number }
  /** A client's message of a comm is done with. */
  | { kind: "commDone"; id: number }
  | { kind: "input"; cell?: number; content: string }
  | { kind: "reply"; id: number; content: string; metadata?: string }
  /** Code that will run as soon as the debugger knows it. */
  | { kind: "scripts"; id: number; scripts: ScriptInfo[] }
  | { kind: "flush" };

/** Places in the memory both threads share. */
export const PLACE = {
  /** Characters of output on their way to the sockets. */
  underWay: 0,
  /** Whether what runs may be broken off: one of `MAY_BREAK`. */
  interruptible: 1,
  /** The last interrupt that the computing thread has heard. */
  received: 2,
  /** How many listeners for SIGINT the cells have. */
  listeners: 3,
  /** Set once all output has left. */
  flushed: 4,
  /** Set once a person's answer to `input` is there. */
  answered: 5,
  /** 1 while a debugger wants to know code before it runs. */
  debugging: 6,
  /** The request whose code has not yet come to its first await, 0 for none. */
  unbroken: 7,
  /** When that code began: the last 32 bits of the clock's milliseconds. */
  since: 8,
} as const;

/** Puts a number at a place, and wakes the other thread where it waits there. */
export function wake(state: Int32Array, place: number, value = 1): void {
  Atomics.store(state, place, value);
  Atomics.notify(state, place);
}

/** When an interrupt may break off what runs. `late`: only what holds the thread for long, as a timer that a cell has left. */
export const MAY_BREAK = { never: 0, soon: 1, late: 2 } as const;
