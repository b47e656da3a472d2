import type { TslabDisplay } from "./tslab";

// In a bundle for browsers this stands in for tslab's file `jupyter.js`, where its functions look for what displays.

export let lastWriteDisplayData: TslabDisplay["lastWriteDisplayData"] | undefined;
export let lastClearOutput: TslabDisplay["lastClearOutput"] | undefined;
export let valueBundle: unknown;

/** From now on tslab's functions display through these. */
export function takeDisplay(display: TslabDisplay): void {
  ({ lastWriteDisplayData, lastClearOutput, valueBundle } = display);
}
