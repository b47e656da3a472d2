/// <reference lib="dom" />
import type * as node from "./nextTurn";

// The browser's side of `nextTurn.ts`, which has no setImmediate; a message waits for no clock, as a timer does.

export const nextTurn: typeof node.nextTurn = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
