import * as converter from "tslab/dist/converter";
import * as metadata from "tslab/dist/metadata";
import * as library from "tslab";
import ts from "typescript";
import type * as node from "./tslab";
import type { Compiler } from "./compiler/compiler";
import { takeDisplay } from "./tslabOutput";

// The browser's side of `tslab.ts`: its bundle holds TypeScript and tslab's parts.

export const loadTslab: typeof node.loadTslab = (display) => {
  takeDisplay(display);
  return {
    ts: ts as Compiler,
    moduleName: newModuleNames(ts as Compiler),
    isCompleteCode: converter.isCompleteCode,
    library: () => library,
  };
};

export const newModuleNames: typeof node.newModuleNames = () => (source) =>
  /@module\b/.test(source) ? metadata.getCodeMetadata(source).module : undefined;
