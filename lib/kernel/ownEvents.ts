import { MessageChannel } from "worker_threads";

/**
 * Gives the function that runs something soon, on an event of its own: what is broken off takes nothing else with it. An
 * immediate would not do: Node runs several on one event, and for ever on where any but the first of them is broken off.
 */
export function newOwnEvents(): (work: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port2.on("message", () => waiting.shift()?.());
  return (work) => {
    waiting.push(work);
    port1.postMessage(undefined);
  };
}
