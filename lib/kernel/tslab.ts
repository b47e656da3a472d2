import { createRequire } from "module";
import { dirname, join } from "path";
import { loadCompiler } from "./compiler/loadCompiler";
import type { Compiler } from "./compiler/compiler";

/** What a cell's JSDoc comment at its top says of it. */
export interface CodeMetadata {
  module?: string;
  mode?: "node" | "browser";
}

/** The parts of the pinned tslab that this kernel is made of. */
export interface Tslab {
  ts: Compiler;
  getCodeMetadata(source: string): CodeMetadata;
  isCompleteCode(source: string): { completed: boolean; indent?: string };
  /** tslab's module of display functions, which write through `lastWriteDisplayData`. */
  jupyter: { lastWriteDisplayData: unknown; lastClearOutput?: unknown; valueBundle?: unknown };
  /** What `import * as tslab from "tslab"` gives in a cell. */
  library: unknown;
}

/** Loads TypeScript, and those parts of tslab that this kernel uses, with this TypeScript in place of tslab's older one. */
export function loadTslab(): Tslab {
  const ts = loadCompiler(require.resolve("typescript"), join(__dirname, "build")) as Compiler;
  const fromTslab = createRequire(require.resolve("tslab/package.json"));
  const older = fromTslab.resolve("@tslab/typescript-for-tslab");
  require.cache[older] = Object.assign(Object.create(module), {
    id: older,
    filename: older,
    exports: ts,
    loaded: true,
  });
  const dist = (name: string) => fromTslab(join(dirname(fromTslab.resolve("./package.json")), "dist", name));
  const { isCompleteCode } = dist("converter.js");
  const { getCodeMetadata } = dist("metadata.js");
  return { ts, isCompleteCode, getCodeMetadata, jupyter: dist("jupyter.js"), library: fromTslab("tslab") };
}
