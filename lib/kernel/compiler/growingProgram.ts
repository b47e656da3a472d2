import type * as TypeScript from "typescript";
import type { BoundFile } from "./compiler";
import type { FileLinks } from "./joiningModules";

type Program = TypeScript.Program;
type Found = { resolvedModule?: TypeScript.ResolvedModuleFull };
type FoundTypes = { resolvedTypeReferenceDirective?: TypeScript.ResolvedTypeReferenceDirective };
type Take<T> = (found: T, name: string, mode: undefined, path: string) => void;

/** What else a program answers. */
interface Answers {
  getSourceFile(name: string): unknown;
  getSourceFileByPath(path: string): unknown;
  getSourceFiles(): unknown[];
  isSourceFileFromExternalLibrary(file: unknown): boolean;
  getResolvedModule(file: BoundFile, name: string, mode: unknown): Found | undefined;
  forEachResolvedModule(take: Take<Found>, file?: BoundFile): void;
  forEachResolvedTypeReferenceDirective(take: Take<FoundTypes>, file?: BoundFile): void;
}

/**
 * Lets a program, and with it its checker, know files that come to it after its start.
 *
 * @param added - these files by their names
 * @param linksOf - what they have asked for
 * @returns makes it the program that it was
 */
export function growingProgram(
  program: Program,
  added: ReadonlyMap<string, BoundFile>,
  linksOf: ReadonlyMap<BoundFile, FileLinks>,
): () => void {
  const first = program as unknown as Answers;
  const before: Answers = { ...first };
  const given = <T>(found: ReadonlyMap<string, T>, take: Take<T>, { path }: BoundFile) =>
    found.forEach((one, name) => take(one, name, undefined, path));
  const after: Answers = {
    getSourceFile: (name) => added.get(name) ?? before.getSourceFile(name),
    getSourceFileByPath: (path) => added.get(path) ?? before.getSourceFileByPath(path),
    getSourceFiles: () => [...before.getSourceFiles(), ...added.values()],
    isSourceFileFromExternalLibrary: (file) =>
      linksOf.get(file as BoundFile)?.isExternal ?? before.isSourceFileFromExternalLibrary(file),
    getResolvedModule: (file, name, mode) =>
      linksOf.get(file)?.modules.get(name) ?? before.getResolvedModule(file, name, mode),
    forEachResolvedModule: (take, file) => {
      const links = file && linksOf.get(file);
      if (links) given(links.modules, take, file);
      else before.forEachResolvedModule(take, file);
    },
    forEachResolvedTypeReferenceDirective: (take, file) => {
      const links = file && linksOf.get(file);
      if (links) given(links.types, take, file);
      else before.forEachResolvedTypeReferenceDirective(take, file);
    },
  };
  Object.assign(first, after);
  return () => void Object.assign(first, before);
}
