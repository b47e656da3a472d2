import type * as TypeScript from "typescript";
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
}

const CODE_ALONE = 0 as unknown as boolean; // TypeScript's own EmitOnly.Js, where the public type knows only true and false

/**
 * Emits a cell as tslab wants it, but with short properties written out where they speak of an earlier cell. A file
 * that a cell imports becomes a finished CommonJS module at once: nobody asks for its declarations.
 */
export function emitFile(ts: Compiler, { program, file, write, transformers, ways }: Emission): TypeScript.EmitResult {
  if (isCellFile(file.fileName)) {
    const before = [shorthandOf(ts, program.getTypeChecker())];
    return program.emit(file, write, undefined, undefined, { ...transformers, before });
  }
  const options = program.getCompilerOptions();
  const { module } = options;
  const finish: TypeScript.WriteFileCallback = (name, text, ...rest) => {
    const { code, map } = splitMap(text);
    ways.set(code, map === undefined ? [] : [map]);
    write(name, code, ...rest);
  };
  options.module = ts.ModuleKind.CommonJS;
  try {
    return program.emit(file, finish, undefined, CODE_ALONE);
  } finally {
    options.module = module;
  }
}
