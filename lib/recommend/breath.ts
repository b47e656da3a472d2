import { nextTurn } from "./nextTurn";

/** Milliseconds after which timers, signals and output have their turn. */
const BREATH = 25;

/** Gives a function to be awaited between the pieces of a long work: now and then it lets timers, signals and output in. */
export function takeBreaths(): () => Promise<void> {
  let rested = performance.now();
  return async () => {
    if (performance.now() - rested < BREATH) return;
    await nextTurn();
    rested = performance.now();
  };
}
