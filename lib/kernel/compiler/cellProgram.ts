import type * as TypeScript from "typescript";
import type { CellScope } from "./cellScope";
import { type BoundFile, type Compiler, isCell, makeModule, parseModule } from "./compiler";
import type { FileTexts } from "./fileTexts";
import { newModuleResolver } from "./moduleResolver";

type Program = TypeScript.Program;
type Resolved = TypeScript.ResolvedModuleWithFailedLookupLocations;

/** A cell among all that it sees. */
export interface OpenCell {
  program: Program;
  file: BoundFile;
  service: TypeScript.LanguageService;
  /** The names of the modules that it asks for. */
  imports: string[];
}

/** The program of all that cells see. */
export interface CellProgram {
  /** Makes a text the cell at hand, in a scope. Other cells are forgotten, but for those of the scope and those held. */
  open(text: string, scope: CellScope, held?: Iterable<BoundFile>): OpenCell;
  /** Puts a module there for cells to import, or renews it. */
  setModule(name: string, text: string): { program: Program; file: TypeScript.SourceFile };
  /** The program is made anew for the next cell. */
  renew(): void;
}

/** What a program is made of. */
export interface CellProgramParts {
  ts: Compiler;
  options: TypeScript.CompilerOptions;
  texts: FileTexts;
  folder: string;
  /** What is known already; gets what is found out. */
  known?: KnownFiles;
}

/** What holds for packages, whatever cells see them. */
export interface KnownFiles {
  /** Files, parsed and bound, by their paths. */
  parsed: Map<string, TypeScript.SourceFile>;
  /** What packages import. */
  imports?: TypeScript.ModuleResolutionCache;
}

/**
 * One program and one checker for as many cells as possible: TypeScript makes a new checker whenever a file changes, which then
 * finds out anew what it knew of every package. A cell that imports nothing new is added to the checker that is there; it
 * sees the earlier cells as scopes around it.
 */
export function newCellProgram({ ts, options, texts, folder, known }: CellProgramParts): CellProgram {
  const added = new Map<string, BoundFile>();
  const resolutions = new Map<BoundFile, Map<string, Resolved>>();
  const modules = new Set<string>();
  const parsed = known?.parsed ?? new Map<string, TypeScript.SourceFile>();
  const resolver = newModuleResolver(ts, { options, texts, folder, inPackages: known?.imports });
  let roots: string[] = [];
  let around: BoundFile | undefined;
  let current: Program | undefined;
  let version = 0;
  let cells = 0;

  const registry: TypeScript.DocumentRegistry = {
    getKeyForCompilationSettings: () => "cells" as TypeScript.DocumentRegistryBucketKey,
    acquireDocumentWithKey: (name, path, _host, _key, snapshot, fileVersion, kind, language) => {
      const latest = parsed.get(path) as (TypeScript.SourceFile & { version?: string }) | undefined;
      if (latest?.version === fileVersion) return latest;
      const make = isCell(name) ? asModule(language) : language;
      const file = ts.createLanguageServiceSourceFile(name, snapshot, make!, fileVersion, false, kind);
      if (isCell(name)) {
        const cell = file as unknown as BoundFile;
        ts.bindSourceFile(cell, options);
        cell.parent = around;
      }
      parsed.set(path, file);
      return file;
    },
    updateDocumentWithKey: (...all) => registry.acquireDocumentWithKey(...all),
    acquireDocument: () => unused(),
    updateDocument: () => unused(),
    releaseDocument: () => {},
    releaseDocumentWithKey: () => {},
    reportStats: () => "",
  };

  const service = ts.createLanguageService(
    {
      ...texts.reader,
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...modules, ...roots],
      getScriptVersion: texts.versionOf,
      getScriptSnapshot: texts.snapshotOf,
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      getProjectVersion: () => String(version),
      useCaseSensitiveFileNames: () => true,
      resolveModuleNameLiterals: resolver.resolveAll,
    } as TypeScript.LanguageServiceHost,
    registry,
  );

  const asModule = (language: unknown): TypeScript.CreateSourceFileOptions => ({
    ...(typeof language === "object" ? (language as object) : { languageVersion: language }),
    languageVersion: options.target!,
    setExternalModuleIndicator: makeModule,
  });

  /** A program that also knows the files that were added to its checker. */
  const latest = (): Program => {
    const program = service.getProgram() as Program;
    if (program === current) return program;
    const { getSourceFile, getResolvedModule } = program as Program & { getResolvedModule: GetResolved };
    Object.assign(program, {
      getSourceFile: (name: string) => added.get(name) ?? getSourceFile(name),
      getResolvedModule: (file: BoundFile, name: string, mode: unknown) =>
        resolutions.get(file)?.get(name) ?? getResolvedModule(file, name, mode),
    });
    return (current = program);
  };

  /** The modules that a cell asks for, where the program has them all. */
  const resolvedIn = (program: Program, name: string, imports: string[]): Map<string, Resolved> | undefined => {
    if (imports.length > 0 && isStale(program)) return undefined;
    const found = imports.map((one) => [one, resolver.resolve(one, name)] as const);
    const isThere = ([, { resolvedModule: module }]: readonly [string, Resolved]) =>
      module === undefined || program.getSourceFile(module.resolvedFileName) !== undefined;
    return found.every(isThere) ? new Map(found) : undefined;
  };

  const isStale = (program: Program): boolean => {
    const own = program.getSourceFiles().map(({ fileName }) => fileName);
    return texts.haveChanged(own) || resolver.mayFindMore();
  };

  const open: CellProgram["open"] = (text, scope, held = []) => {
    const name = `${folder}/__cell_${cells++}__${kindOf(ts, text)}`;
    around = scope.around;
    const needed = new Set(scope.files(held).map(({ fileName }) => fileName));
    for (const one of [...parsed.keys()]) if (isCell(one) && !needed.has(one)) forget(one);
    texts.set(name, text);
    const { importedFiles, referencedFiles, typeReferenceDirectives } = ts.preProcessFile(text, true, true);
    const imports = importedFiles.map(({ fileName }) => fileName);
    const refers = referencedFiles.length + typeReferenceDirectives.length > 0;
    const mayBeAdded = !refers && !reachesOut(text) && !name.endsWith(".tsx");
    const resolved = current && mayBeAdded ? resolvedIn(current, name, imports) : undefined;
    if (!resolved) return { ...rebuilt(name, needed), service, imports };
    const file = parseModule(ts, { name, text }, options);
    file.parent = around;
    file.version = texts.versionOf(name);
    parsed.set(name, file as unknown as TypeScript.SourceFile);
    added.set(name, file);
    resolutions.set(file, resolved);
    return { program: current!, file, service, imports };
  };

  /** Another program, which looks for all that the user's files import. */
  const anew = (cells: Iterable<BoundFile>): Program => {
    for (const file of cells) letResolve(file);
    resolver.startAnew();
    version++;
    return latest();
  };

  const rebuilt = (name: string, needed: Set<string>): Pick<OpenCell, "program" | "file"> => {
    roots = [...needed, name];
    const before = [...added.values()];
    added.clear();
    resolutions.clear();
    const program = anew(before);
    return { program, file: program.getSourceFile(name) as unknown as BoundFile };
  };

  const forget = (name: string) => {
    const file = added.get(name);
    if (file) resolutions.delete(file);
    added.delete(name);
    parsed.delete(name);
    texts.drop(name);
  };

  return {
    open,
    setModule: (name, text) => {
      texts.set(name, text);
      modules.add(name);
      const program = anew(added.values());
      current = undefined; // the next cell sees it
      return { program, file: program.getSourceFile(name) as TypeScript.SourceFile };
    },
    renew: () => void (current = undefined),
  };
}

/** A program looks for the modules of a file that has no record of them. */
function letResolve(file: BoundFile): void {
  file.imports = file.moduleAugmentations = file.ambientModuleNames = undefined;
}

type GetResolved = (file: BoundFile, name: string, mode: unknown) => Resolved | undefined;

/** Declarations that every file sees belong to a program from its start. */
function reachesOut(text: string): boolean {
  return /\bdeclare\s+(global|module)\b|\bmodule\s+["']|\bas\s+namespace\b/.test(text);
}

/** A cell is TypeScript with JSX where it is wrong without. */
function kindOf(ts: Compiler, text: string): ".ts" | ".tsx" {
  if (!text.includes("<")) return ".ts";
  const isRight = (name: string) =>
    (ts.createSourceFile(name, text, ts.ScriptTarget.Latest) as unknown as { parseDiagnostics: unknown[] })
      .parseDiagnostics.length === 0;
  return !isRight("cell.ts") && isRight("cell.tsx") ? ".tsx" : ".ts";
}

function unused(): never {
  throw new Error("the language service asks for files by their keys");
}
