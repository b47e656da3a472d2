import type * as node from "./listenForStop";

// The browser's side of `listenForStop.ts`: there is no Ctrl-C, only the abort signal.

export const listenForStop: typeof node.listenForStop = (signal) => ({
  get requested() {
    return signal?.aborted ?? false;
  },
  release: () => {},
});
