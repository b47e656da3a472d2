import type { Comms } from "../kernel/commTypes";

/**
 * What this package's own kernel lets cells do with comms; undefined elsewhere.
 *
 * @internal
 */
export function kernelComms(): Comms | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for("atelier.kernel.comms")] as Comms | undefined;
}
