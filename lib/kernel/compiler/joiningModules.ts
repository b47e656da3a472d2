import type * as TypeScript from "typescript";
import type { BoundFile, Compiler } from "./compiler";
import type { ModuleResolver } from "./moduleResolver";

type Program = TypeScript.Program;
type Resolved = TypeScript.ResolvedModuleWithFailedLookupLocations;
type Types = TypeScript.ResolvedTypeReferenceDirectiveWithFailedLookupLocations;

/** What a file has asked for, by name. */
export interface FileLinks {
  modules: Map<string, Resolved>;
  types: Map<string, Types>;
  /** Whether a package brought it. */
  isExternal: boolean;
}

/** What the search for modules works with. */
export interface JoiningParts {
  ts: Compiler;
  options: TypeScript.CompilerOptions;
  reader: TypeScript.ModuleResolutionHost;
  resolver: ModuleResolver;
  /** Parses a file, or takes what is known of it. */
  parse: (name: string, options: TypeScript.CreateSourceFileOptions) => TypeScript.SourceFile | undefined;
}

/**
 * Finds the files behind a cell that a program does not have, parsed, bound, and with what they ask for; the cell is the last
 * of them. They can join the program's checker as they are. Undefined where one of them declares what others see without an
 * import, for a checker takes that in only at its start.
 */
export function joiningModules(program: Program, cell: BoundFile, parts: JoiningParts): Joining | undefined {
  const links = new Map<string, FileLinks>();
  try {
    const options = { ...parts.options, noLib: true, types: [] };
    const found = parts.ts.createProgram({
      ...{ rootNames: [cell.fileName], options },
      host: hostFor(program, cell, { ...parts, links }),
    });
    const joining = found.getSourceFiles().map((file) => {
      const isExternal = found.isSourceFileFromExternalLibrary(file);
      return [file as unknown as BoundFile, { ...linksIn(links, file.fileName), isExternal }] as const;
    });
    return new Map(joining);
  } catch (error) {
    if (error instanceof CannotJoin) return undefined;
    throw error;
  }
}

/** Files that can join a program, with what they ask for. */
export type Joining = Map<BoundFile, FileLinks>;

/** The host of a program of the new files alone: it does not go into what is known. */
function hostFor(
  program: Program,
  cell: BoundFile,
  { ts, options, reader, resolver, parse, links }: JoiningParts & { links: Map<string, FileLinks> },
): TypeScript.CompilerHost {
  const has = (name: string | undefined) => name !== undefined && program.getSourceFile(name) !== undefined;

  const mayJoin = (file: TypeScript.SourceFile) =>
    ts.isExternalOrCommonJsModule(file) &&
    !reachesOut(file.text) &&
    file.referencedFiles.length === 0 &&
    file.libReferenceDirectives.every(({ fileName }) => has(libraryFile(ts, options, fileName)));

  return {
    ...reader,
    getSourceFile: (name, language) => {
      if (name === cell.fileName) return cell as unknown as TypeScript.SourceFile;
      const file = parse(name, language as TypeScript.CreateSourceFileOptions);
      if (file) ts.bindSourceFile(file as unknown as BoundFile, options);
      if (file && !mayJoin(file)) throw new CannotJoin();
      return file;
    },
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const found = resolver.resolve(text, from);
        linksIn(links, from).modules.set(text, found);
        if (has(found.resolvedModule?.resolvedFileName)) return { resolvedModule: undefined };
        if (resolver.isCopy(found)) throw new CannotJoin();
        return found;
      }),
    resolveTypeReferenceDirectiveReferences: (references, from) =>
      references.map((reference) => {
        const name = typeof reference === "string" ? reference : reference.fileName;
        const found = ts.resolveTypeReferenceDirective(name, from, options, reader);
        linksIn(links, from).types.set(name, found);
        const types = found.resolvedTypeReferenceDirective?.resolvedFileName;
        if (types !== undefined && !has(types)) throw new CannotJoin();
        return { resolvedTypeReferenceDirective: undefined };
      }),
    getModuleResolutionCache: () => resolver.cache,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getCurrentDirectory: () => program.getCurrentDirectory(),
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => {},
  };
}

function linksIn(links: Map<string, FileLinks>, name: string): FileLinks {
  const found = links.get(name) ?? { modules: new Map(), types: new Map(), isExternal: false };
  links.set(name, found);
  return found;
}

function libraryFile(ts: Compiler, options: TypeScript.CompilerOptions, name: string): string {
  return ts.getDefaultLibFilePath(options).replace(/[^\\/]*$/, `lib.${name.toLowerCase()}.d.ts`);
}

/** Whether a text may declare what every file sees, or add to what another one declares. */
export function reachesOut(text: string): boolean {
  return /\bdeclare\s+(global|module)\b|\bmodule\s+["']|\bas\s+namespace\b|\bno-default-lib\b/.test(text);
}

class CannotJoin extends Error {}
