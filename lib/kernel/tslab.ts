import { createRequire } from "module";
import { dirname, join } from "path";
import { loadCompiler } from "./compiler/loadCompiler";
import type { Compiler } from "./compiler/compiler";

/** Displays what cells show through tslab's functions. */
export interface TslabDisplay {
  lastWriteDisplayData(content: object, update: boolean): void;
  lastClearOutput(wait: boolean): void;
  valueBundle: unknown;
}

/** Gives the name in `/** @module name *\/` at a cell's top: the cell is a module for others. Undefined for other cells. */
export type ModuleNames = (source: string) => string | undefined;

/** The parts of the pinned tslab that this kernel is made of. They are loaded when they are first needed. */
export interface Tslab {
  ts: Compiler;
  moduleName: ModuleNames;
  isCompleteCode(source: string): { completed: boolean; indent?: string };
  /** What `import * as tslab from "tslab"` gives in a cell. */
  library(): unknown;
}

/** Loads TypeScript, which then stands in for tslab's older one. */
export function loadTslab(display: TslabDisplay): Tslab {
  const ts = loadCompiler(join(__dirname, "build")) as Compiler;
  const { fromTslab, place } = tslabWith(ts);
  const jupyter = place("jupyter.js");
  standIn(jupyter, display); // there others look for what displays
  let library: unknown;
  return {
    ts,
    moduleName: newModuleNames(ts),
    isCompleteCode: (source) => fromTslab(place("converter.js")).isCompleteCode(source),
    library: () => {
      if (library !== undefined) return library;
      delete require.cache[jupyter];
      Object.assign(fromTslab(jupyter), display);
      return (library = fromTslab("tslab"));
    },
  };
}

/** Reads the names of cells that are modules, by tslab's own rules. */
export function newModuleNames(ts: Compiler): ModuleNames {
  const { fromTslab, place } = tslabWith(ts);
  const read: ModuleNames = (source) => fromTslab(place("metadata.js")).getCodeMetadata(source).module;
  return (source) => (/@module\b/.test(source) ? read(source) : undefined); // most cells need no parser to tell
}

/** Requires files of tslab, which then get this TypeScript. */
function tslabWith(ts: Compiler) {
  const fromTslab = createRequire(require.resolve("tslab/package.json"));
  const dist = join(dirname(fromTslab.resolve("./package.json")), "dist");
  standIn(fromTslab.resolve("@tslab/typescript-for-tslab"), ts);
  return { fromTslab, place: (name: string) => join(dist, name) };
}

/** What a file exports to whoever requires it, in place of what is in it. */
function standIn(file: string, exports: unknown): void {
  require.cache[file] = Object.assign(Object.create(module), { id: file, filename: file, exports, loaded: true });
}
