import { join, relative } from "path";
import type * as TypeScript from "typescript";
import type { CompiledModule, KeptModules } from "./keptModules";
import type { Way } from "./placeFinder";
import { shorthandOf } from "./shorthand";
import { splitMap } from "./sourceMaps";
import { isCellFile } from "./tslabFiles";

type Compiler = typeof TypeScript;

/** What is to be emitted, and what tslab wants done with a cell. */
export interface Emission {
  program: TypeScript.Program;
  file: TypeScript.SourceFile;
  write: TypeScript.WriteFileCallback;
  transformers?: TypeScript.CustomTransformers;
  ways: Map<string, Way>;
  kept: KeptModules;
}

const CODE_ALONE = 0 as unknown as boolean; // TypeScript's own EmitOnly.Js, where the public type knows only true and false

/**
 * Emits a cell as tslab wants it, but with short properties written out where they speak of an earlier cell. A file
 * that a cell imports becomes a finished CommonJS module at once: nobody asks for its declarations.
 */
export function emitFile(ts: Compiler, emission: Emission): TypeScript.EmitResult {
  const { program, file, write, transformers, ways, kept } = emission;
  if (isCellFile(file.fileName)) {
    const before = [shorthandOf(ts, program.getTypeChecker())];
    return program.emit(file, write, undefined, undefined, { ...transformers, before });
  }
  const { code, map } = kept.find(program, file) ?? emitModule(ts, emission);
  ways.set(code, map === undefined ? [] : [map]);
  write(outputOf(program, file), code, false);
  return { emitSkipped: false, diagnostics: [] };
}

function emitModule(ts: Compiler, { program, file, kept }: Emission): CompiledModule {
  const options = program.getCompilerOptions();
  const { module } = options;
  let compiled: CompiledModule = { code: "" };
  options.module = ts.ModuleKind.CommonJS;
  try {
    program.emit(file, (_name, text) => (compiled = splitMap(text)), undefined, CODE_ALONE);
  } finally {
    options.module = module;
  }
  kept.keep(program, file, compiled);
  return compiled;
}

/** Where TypeScript would write a file's code. */
function outputOf(program: TypeScript.Program, { fileName }: TypeScript.SourceFile): string {
  const { outDir = "", rootDir = "" } = program.getCompilerOptions();
  return join(outDir, relative(rootDir, fileName)).replace(/\.tsx?$/, ".js");
}
