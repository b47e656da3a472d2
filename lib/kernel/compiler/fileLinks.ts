import type * as TypeScript from "typescript";

type Compiler = typeof TypeScript;
type Program = TypeScript.Program;
type Module = { resolvedModule?: { resolvedFileName: string } };
type Types = { resolvedTypeReferenceDirective?: { resolvedFileName?: string } };
type Found<Resolution> = {
  get(name: string, mode: undefined): Resolution | undefined;
  forEach(take: (resolution: Resolution) => void): void;
};

/** A file with what TypeScript keeps of it: a hash of its text, the modules that it adds to, and what it refers to. */
export type LinkedFile = TypeScript.SourceFile & {
  version?: string;
  moduleAugmentations?: readonly TypeScript.StringLiteral[];
  resolvedModules?: Found<Module>;
  resolvedTypeReferenceDirectiveNames?: Found<Types>;
};

/** Gives what a file refers to, in its order; undefined stands for what is not there. */
export type Links = (file: LinkedFile) => (LinkedFile | undefined)[];

/** The links of a program's files. */
export function linksIn(ts: Compiler, program: Program): Links {
  const known = new Map<LinkedFile, (LinkedFile | undefined)[]>();
  const fileOf = (name?: string) => (name === undefined ? undefined : program.getSourceFile(name));
  return (file) => {
    const found = known.get(file) ?? namesIn(ts, file).map(fileOf);
    known.set(file, found);
    return found;
  };
}

function namesIn(ts: Compiler, file: LinkedFile): (string | undefined)[] {
  const names = file.referencedFiles.map(({ fileName }) => ts.resolveTripleslashReference(fileName, file.fileName));
  const found: (string | undefined)[] = names;
  file.resolvedModules?.forEach(({ resolvedModule: module }) => found.push(module?.resolvedFileName));
  file.resolvedTypeReferenceDirectiveNames?.forEach(({ resolvedTypeReferenceDirective: types }) =>
    found.push(types?.resolvedFileName),
  );
  return found;
}

/** The modules to which a module adds declarations. Undefined stands for the world, and for a module that is no file. */
export function addedTo(program: Program, file: LinkedFile): (LinkedFile | undefined)[] {
  return (file.moduleAugmentations ?? []).map(({ text }) => {
    const module = file.resolvedModules?.get(text, undefined)?.resolvedModule;
    return module && program.getSourceFile(module.resolvedFileName);
  });
}

/** These files and all that they refer to. */
export function reached(files: LinkedFile[], links: Links): Set<LinkedFile> {
  const found = new Set(files);
  for (const file of found) for (const other of links(file)) if (other) found.add(other);
  return found;
}
