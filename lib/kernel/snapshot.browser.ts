import type * as node from "./snapshot";

// The browser's side of `snapshot.ts`: a worker starts from no snapshot.

export const makeSnapshot: typeof node.makeSnapshot = async () => {};
