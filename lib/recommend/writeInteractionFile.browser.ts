import type * as node from "./writeInteractionFile";

// The browser's side of `writeInteractionFile.ts`: a page has no file system.

export const writeInteractionFile: typeof node.writeInteractionFile = () => {
  throw new Error("writeInteractionFile(): a browser has no file system; keep interactions in memory instead");
};
