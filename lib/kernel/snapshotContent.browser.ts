import type * as node from "./snapshotContent";

// The browser's side of `snapshotContent.ts`: a worker starts from no snapshot.

export const snapshotContent: typeof node.snapshotContent = () => undefined;
