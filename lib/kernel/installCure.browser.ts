import type * as node from "./installCure";

// The browser's side of `installCure.ts`: nothing can be installed there.

export const installCure: typeof node.installCure = (name) =>
  `A browser tab has no package ${name} and can install none. Run this notebook on your own machine, with Node.`;
