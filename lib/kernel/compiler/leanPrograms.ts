import type * as TypeScript from "typescript";
import { type Emission, emitFile } from "./emitFile";

type Compiler = typeof TypeScript;
type Program = TypeScript.Program;
type SourceFile = TypeScript.SourceFile;
/** What TypeScript keeps of a file's imports. */
type Resolved = {
  resolvedModules?: { forEach(take: (found: { resolvedModule?: { resolvedFileName: string } }) => void): void };
};

/**
 * A compiler whose programs keep no record of which file depends on which: TypeScript would renew it for every file
 * of every package whenever a cell is compiled, which takes longer than all the rest. tslab asks it once a cell, for one file.
 */
export function withLeanPrograms(ts: Compiler, { ways, kept }: Pick<Emission, "ways" | "kept">): Compiler {
  const createProgram = (...all: Parameters<Compiler["createAbstractBuilder"]>) => {
    const builder = ts.createAbstractBuilder(...all);
    const program = builder.getProgram();
    return {
      ...builder,
      getSourceFile: (name: string) => {
        program.getTypeChecker(); // finds the names in every file, which tslab expects of a file it is given
        return program.getSourceFile(name);
      },
      getAllDependencies: (file: SourceFile) => dependenciesOf(ts, program, file),
      emit: ((file: SourceFile, write: TypeScript.WriteFileCallback, _token, _only, transformers) =>
        emitFile(ts, { program, file, write, transformers, ways, kept })) as Program["emit"],
    };
  };
  const createWatchCompilerHost = (files: string[], options: object, system: object, _none: null, ...rest: unknown[]) =>
    (ts.createWatchCompilerHost as (...all: unknown[]) => unknown)(files, options, system, createProgram, ...rest);
  return Object.assign({ ...ts }, { createWatchCompilerHost }) as unknown as Compiler;
}

/** The names of a file and of all that it imports, also through others. */
function dependenciesOf(ts: Compiler, program: Program, file: SourceFile): string[] {
  const found = new Set<SourceFile>([file]);
  const add = (name: string) => {
    const imported = program.getSourceFile(name);
    if (imported) found.add(imported);
  };
  for (const one of found) {
    (one as unknown as Resolved).resolvedModules?.forEach(({ resolvedModule }) => {
      if (resolvedModule) add(resolvedModule.resolvedFileName);
    });
    for (const { fileName } of one.referencedFiles) add(ts.resolveTripleslashReference(fileName, one.fileName));
  }
  return Array.from(found, ({ fileName }) => fileName);
}
