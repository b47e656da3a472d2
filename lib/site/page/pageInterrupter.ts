import { PLACE } from "../../kernel/io/link";
import type { Interrupter, InterrupterParts } from "../../kernel/io/interrupter";

const GRACE = 3000; // ms for a worker that shares memory to hear an interrupt between two of its awaits
const LONG_GRACE = 12_000; // ms for a cell to end where nobody sees whether it was heard: a training that listens has ten seconds
const LOOK = 50; // ms

/**
 * Passes interrupts on: a cell that awaits hears them. A page cannot break off what runs in its worker, so `restart` is called where
 * the worker does not hear.
 */
export function newPageInterrupter({ send, state, requests }: InterrupterParts, restart: () => void): Interrupter {
  const isShared = Boolean(globalThis.SharedArrayBuffer) && state.buffer instanceof SharedArrayBuffer;
  let count = 0;

  const watch = async (asked: number, isRunning: () => boolean) => {
    const isHeard = () => !isRunning() || (isShared && Atomics.load(state, PLACE.received) >= asked);
    for (const start = performance.now(); !isHeard(); await new Promise((resolve) => setTimeout(resolve, LOOK)))
      if (performance.now() - start > (isShared ? GRACE : LONG_GRACE)) return restart();
  };

  return {
    interrupt: () => {
      const ids = requests.runningIds();
      send({ kind: "interrupt", ids, emit: true, count: ++count });
      if (ids.length > 0) void watch(count, () => String(requests.runningIds()) === String(ids));
    },
    endShell: (shell) => {
      const only = requests.runningIn(shell);
      send({ kind: "deleted", shell, count: ++count });
      if (only !== undefined) void watch(count, () => requests.runningIn(shell) === only);
    },
    rehearse: () => {},
  };
}
