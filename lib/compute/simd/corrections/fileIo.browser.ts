import type * as node from "./fileIo";

// The browser's side of `fileIo.ts`: a page has no file system, and `indexeddb://` and `downloads://` are TensorFlow.js' own.

export const registerFileIo: typeof node.registerFileIo = () => {};

export const fileSystem: typeof node.fileSystem = () => {
  throw new Error('a browser has no file system; save to "indexeddb://name" or "downloads://name"');
};
