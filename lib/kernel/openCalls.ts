import { nodeInternals } from "./io/nodeInternals";

const FORGET = "atelier.kernel.forgetOpenCalls";

/** Code that lets Node forget which asynchronous calls the thread is in, for the moment before it is broken off. */
export const FORGET_OPEN_CALLS = `globalThis[Symbol.for(${JSON.stringify(FORGET)})]?.()`;

/**
 * Puts there what that code calls. Node counts the asynchronous calls that begin and end, as soon as somebody listens (as
 * AsyncLocalStorage does). What is broken off never ends, and Node aborts when its record does not come out even.
 */
export function offerToForgetCalls(): void {
  try {
    const { clearAsyncIdStack } = nodeInternals<{ clearAsyncIdStack(): void }>("async_wrap");
    Object.defineProperty(globalThis, Symbol.for(FORGET), { value: clearAsyncIdStack });
  } catch {
    // A Node without that part, or a kernel that was started by another command line.
  }
}
