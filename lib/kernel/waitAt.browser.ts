import type * as node from "./waitAt";

// The browser's side of `waitAt.ts`: where a page may share no memory, nobody wakes whoever waits, so nobody does.

export const waitAt: typeof node.waitAt = (state, place, { value, most }) => {
  if (globalThis.SharedArrayBuffer && state.buffer instanceof SharedArrayBuffer)
    Atomics.wait(state, place, value, most);
  else Atomics.store(state, place, 0);
};
