import type * as node from "./interactionFile";

// The browser's side of `interactionFile.ts`: a page has no file system.

export const openInteractionFile: typeof node.openInteractionFile = () => refuse("openInteractionFile()");

export const openPairs: typeof node.openPairs = () => refuse("a file of interactions");

export const readPairs: typeof node.readPairs = () => refuse("a file of interactions");

export const MARK: typeof node.MARK = 0x80000000;

function refuse(call: string): never {
  throw new Error(`${call}: a browser has no file system; learn from interactions in memory instead`);
}
