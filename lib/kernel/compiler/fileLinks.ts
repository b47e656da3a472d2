import type * as TypeScript from "typescript";

type Compiler = typeof TypeScript;
type Program = TypeScript.Program;
type Module = { resolvedModule?: { resolvedFileName: string } };
type Types = { resolvedTypeReferenceDirective?: { resolvedFileName?: string } };
/** How a program tells what it has found for a file. */
type Finding = {
  forEachResolvedModule(take: (found: Module, name: string) => void, file: TypeScript.SourceFile): void;
  forEachResolvedTypeReferenceDirective(take: (found: Types) => void, file: TypeScript.SourceFile): void;
};

/** A file with what TypeScript keeps of it: the version of its text, and the modules that it adds to. */
export type LinkedFile = TypeScript.SourceFile & {
  version?: string;
  moduleAugmentations?: readonly TypeScript.StringLiteral[];
};

/** Gives what a file refers to, in its order; undefined stands for what is not there. */
export type Links = (file: LinkedFile) => (LinkedFile | undefined)[];

/** The links of a program's files. */
export function linksIn(ts: Compiler, program: Program): Links {
  const known = new Map<LinkedFile, (LinkedFile | undefined)[]>();
  const fileOf = (name?: string) => (name === undefined ? undefined : program.getSourceFile(name));
  return (file) => {
    const found = known.get(file) ?? namesIn(ts, program, file).map(fileOf);
    known.set(file, found);
    return found;
  };
}

function namesIn(ts: Compiler, program: Program, file: LinkedFile): (string | undefined)[] {
  const names = file.referencedFiles.map(({ fileName }) => ts.resolveTripleslashReference(fileName, file.fileName));
  const found: (string | undefined)[] = names;
  const finding = program as unknown as Finding;
  finding.forEachResolvedModule(({ resolvedModule: module }) => found.push(module?.resolvedFileName), file);
  finding.forEachResolvedTypeReferenceDirective(
    ({ resolvedTypeReferenceDirective: types }) => found.push(types?.resolvedFileName),
    file,
  );
  return found;
}

/** The modules to which a module adds declarations. Undefined stands for the world, and for a module that is no file. */
export function addedTo(program: Program, file: LinkedFile): (LinkedFile | undefined)[] {
  return (file.moduleAugmentations ?? []).map(({ text }) => {
    let place: string | undefined;
    const take = ({ resolvedModule: module }: Module, name: string) =>
      void (name === text && (place = module?.resolvedFileName));
    (program as unknown as Finding).forEachResolvedModule(take, file);
    return place === undefined ? undefined : program.getSourceFile(place);
  });
}

/** These files and all that they refer to. */
export function reached(files: LinkedFile[], links: Links): Set<LinkedFile> {
  const found = new Set(files);
  for (const file of found) for (const other of links(file)) if (other) found.add(other);
  return found;
}
