import type * as node from "./usage";

// The browser's side of `usage.ts`: a page does not know what its worker uses.

export const newUsage: typeof node.newUsage = () => () => ({});
