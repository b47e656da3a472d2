import { innerNode } from "../innerNode";

const KEY = "atelier.kernel.holder";

/** What asks the computing thread, in the midst of whatever it runs, for which request that is; 0 where it does not know, `IDLE` for nothing. */
export const HOLDER = `globalThis[Symbol.for("${KEY}")](false)`;

/** The same question, after which what runs is broken off. */
export const LAST_HOLDER = `globalThis[Symbol.for("${KEY}")](true)`;

/** The answer of a thread that runs nothing, but waits for events. */
export const IDLE = -1;

/** Node's record of asynchronous calls, how many hooks follow them, and how often it is to be checked. */
interface AsyncCalls {
  clearAsyncIdStack(): void;
  async_hook_fields: Uint32Array;
  constants: { kTotals: number; kCheck: number };
}

/** The thread's own side of a break off. */
export interface HolderAnswers {
  /** The answer that was given before the last break off: `IDLE` for nothing, 0 or undefined where it is not known. */
  last(): number | undefined;
  /**
   * To be called after a break off: it may have hit asynchronous calls that somebody follows, as AsyncLocalStorage does, and
   * Node would die of its record of them, which it checks while there are hooks.
   */
  recover(): void;
}

/** Answers these questions from now on. */
export function answerHolder(holder: () => number | undefined): HolderAnswers {
  const calls = innerNode<AsyncCalls>("async_wrap");
  const places = calls ? [calls.constants.kTotals, calls.constants.kCheck] : [];
  const fields = calls?.async_hook_fields ?? new Uint32Array();
  let unchecked: number[] | undefined;
  let last: number | undefined;
  const answer = (isLast: boolean): number => {
    if (isLast) unchecked ??= places.map((place) => fields[place]);
    if (isLast) for (const place of places) fields[place] = 0;
    const found = isIdle(answer) ? IDLE : (holder() ?? 0);
    if (isLast) last = found;
    return found;
  };
  Object.defineProperty(globalThis, Symbol.for(KEY), { value: answer });
  const recover = () => {
    last = undefined;
    if (!unchecked) return;
    calls?.clearAsyncIdStack();
    for (const [index, place] of places.entries()) fields[place] = unchecked[index];
    unchecked = undefined;
  };
  return { last: () => last, recover };
}

/** Whether nothing but the question itself, which calls this function, is on the stack. */
function isIdle(asked: (isLast: boolean) => number): boolean {
  const { prepareStackTrace } = Error;
  const place: { stack?: unknown } = {};
  try {
    Error.prepareStackTrace = (_error, sites) => sites.length;
    Error.captureStackTrace(place, asked);
    return Number(place.stack) <= 1;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
