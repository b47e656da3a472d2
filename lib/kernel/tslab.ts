import { createRequire } from "module";
import { dirname, join } from "path";
import type * as TypeScript from "typescript";
import { loadCompiler } from "./compiler/loadCompiler";
import type { CellCompiler } from "./compiler/cellCompiler";

/** A message of the compiler, with places counted from 0. */
export interface Diagnostic {
  start: { line: number; character: number };
  end: { line: number; character: number };
  messageText: string;
  code: number;
  /** The file it speaks of, from the kernel's folder; none for the cell itself. */
  fileName?: string;
}

/** What tslab makes of a cell. */
export interface Converted {
  diagnostics: Diagnostic[];
  output?: string;
  /** Declarations of all that this cell and those before it have made. */
  declOutput?: string;
  hasToplevelAwait?: boolean;
  lastExpressionVar?: string;
  /** Files of the user that the cell imports, those that have changed. */
  sideOutputs?: { path: string; data: string }[];
}

/** Completions as tslab gives them. */
export interface Completions {
  start: number;
  end: number;
  candidates: string[];
  original?: { entries?: TypeScript.CompletionEntry[] };
}

/** tslab's compiler of cells. */
export interface Converter {
  convert(previousDeclarations: string, source: string): Converted;
  inspect(previousDeclarations: string, source: string, position: number): TypeScript.QuickInfo | undefined;
  complete(previousDeclarations: string, source: string, position: number): Completions;
  addModule(name: string, source: string, meta: CodeMetadata): Diagnostic[];
  close(): void;
}

/** What a cell's JSDoc comment at its top says of it. */
export interface CodeMetadata {
  module?: string;
  mode?: "node" | "browser";
}

/** The parts of the pinned tslab that this kernel is made of. */
export interface Tslab {
  ts: typeof TypeScript;
  createConverter(options: { isJS: boolean; isBrowser: boolean }): Converter;
  getCodeMetadata(source: string): CodeMetadata;
  isCompleteCode(source: string): { completed: boolean; indent?: string };
  /** tslab's module of display functions, which write through `lastWriteDisplayData`. */
  jupyter: { lastWriteDisplayData: unknown; lastClearOutput?: unknown; valueBundle?: unknown };
  /** What `import * as tslab from "tslab"` gives in a cell. */
  library: unknown;
}

/** Loads tslab's parts on top of its compiler as `prepare` has changed it. */
export function loadTslab(prepare: (ts: typeof TypeScript) => CellCompiler): Tslab {
  const fromTslab = createRequire(require.resolve("tslab/package.json"));
  const compiler = fromTslab.resolve("@tslab/typescript-for-tslab");
  const { ts, converting, readDocs } = prepare(loadCompiler(compiler, join(__dirname, "build")));
  const loaded = require.cache[compiler];
  if (loaded) loaded.exports = ts;
  const dist = (name: string) => fromTslab(join(dirname(fromTslab.resolve("./package.json")), "dist", name));
  const { createConverter: newConverter, isCompleteCode } = dist("converter.js");
  const { getCodeMetadata } = dist("metadata.js");
  const createConverter: Tslab["createConverter"] = (options) => {
    const converter: Converter = newConverter(options);
    const inspect: Converter["inspect"] = (...place) => {
      readDocs();
      return converter.inspect(...place);
    };
    return { ...converter, inspect, convert: (...cell) => converting(() => converter.convert(...cell)) };
  };
  return {
    ts,
    createConverter,
    isCompleteCode,
    getCodeMetadata,
    jupyter: dist("jupyter.js"),
    library: fromTslab("tslab"),
  };
}
