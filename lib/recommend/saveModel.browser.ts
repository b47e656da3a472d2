import type * as node from "./saveModel";

// The browser's side of `saveModel.ts`: a page has no file system, but it can store and send bytes.

export const saveModel: typeof node.saveModel = () => {
  throw new Error("saveModel(): a browser has no file system; store the bytes of modelToBytes() instead");
};

export const loadModel: typeof node.loadModel = () => {
  throw new Error("loadModel(): a browser has no file system; give the bytes to modelFromBytes()");
};
