import type * as TypeScript from "typescript";
import type { CellScope } from "./cellScope";
import { type BoundFile, type Compiler, isCell, makeModule, parseModule } from "./compiler";
import type { FileTexts } from "./fileTexts";
import { growingProgram } from "./growingProgram";
import { type FileLinks, type Joining, joiningModules, type JoiningParts, reachesOut } from "./joiningModules";
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

/** How a cell is opened. */
export interface Opening {
  /** Cells that are kept beside those of the scope. */
  held?: Iterable<BoundFile>;
  /** Whether files may have changed since the last cell; default true. It costs a look at each of them. */
  isLater?: boolean;
}

/** The program of all that cells see. */
export interface CellProgram {
  /** Makes a text the cell at hand, in a scope. Other cells are forgotten, but for those of the scope and those held. */
  open(text: string, scope: CellScope, options?: Opening): OpenCell;
  /** A text as a cell, alone. */
  parse(text: string): BoundFile;
  /** The file of a package that declares a module which cells import, parsed; undefined where none is found. */
  declarationsOf(module: string): TypeScript.SourceFile | undefined;
  /** Puts a module there for cells to import, or renews it. */
  setModule(name: string, text: string): { program: Program; file: TypeScript.SourceFile };
  /** The program is made anew for the next cell. */
  renew(): void;
  /** Whether a file of the user that the program has has changed, or one that it misses has come. */
  isStale(): boolean;
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

/** A file as it is to be parsed. */
interface Wanted {
  snapshot: TypeScript.IScriptSnapshot;
  version: string;
  language?: TypeScript.ScriptTarget | TypeScript.CreateSourceFileOptions;
  kind?: TypeScript.ScriptKind;
}

const MOST = 100_000; // characters of a file that is parsed to see what it is

/**
 * One program and one checker for as many cells as possible: TypeScript makes a new checker whenever a file changes, which then
 * finds out anew what it knew of every package. A cell is added to the checker that is there, with the modules that it imports unless
 * those declare something for all files; it sees the earlier cells as scopes around it.
 */
export function newCellProgram({ ts, options, texts, folder, known }: CellProgramParts): CellProgram {
  const added = new Map<string, BoundFile>();
  const linksOf = new Map<BoundFile, FileLinks>();
  const modules = new Set<string>();
  const parsed = known?.parsed ?? new Map<string, TypeScript.SourceFile>();
  const resolver = newModuleResolver(ts, { options, texts, folder, inPackages: known?.imports });
  let roots: string[] = [];
  let around: BoundFile | undefined;
  let current: Program | undefined;
  let withoutAdded = () => {};
  let version = 0;
  let cells = 0;

  const acquire = (name: string, { snapshot, version: wanted, language, kind }: Wanted): TypeScript.SourceFile => {
    const known = parsed.get(name) as (TypeScript.SourceFile & { version?: string }) | undefined;
    if (known?.version === wanted) return known;
    const make = isCell(name) ? asModule(language) : language;
    const file = ts.createLanguageServiceSourceFile(name, snapshot, make!, wanted, false, kind);
    if (isCell(name)) {
      const cell = file as unknown as BoundFile;
      ts.bindSourceFile(cell, options);
      cell.parent = around;
    }
    parsed.set(name, file);
    return file;
  };

  const registry: TypeScript.DocumentRegistry = {
    getKeyForCompilationSettings: () => "cells" as TypeScript.DocumentRegistryBucketKey,
    acquireDocumentWithKey: (name, _path, _host, _key, snapshot, fileVersion, kind, language) =>
      acquire(name, { snapshot, version: fileVersion, language, kind }),
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
      getModuleResolutionCache: () => resolver.cache,
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
    if (program !== current) withoutAdded = growingProgram(program, added, linksOf);
    return (current = program);
  };

  /** The files behind a cell that join the program, where all can. */
  const joining = (program: Program, cell: BoundFile, imports: string[]): Joining | undefined => {
    const modules = new Map(imports.map((one) => [one, resolver.resolve(one, cell.fileName)]));
    const isThere = ({ resolvedModule: module }: Resolved) =>
      module === undefined || program.getSourceFile(module.resolvedFileName) !== undefined;
    if (Array.from(modules.values()).every(isThere))
      return new Map([[cell, { modules, types: new Map(), isExternal: false }]]);
    letResolve(cell);
    return joiningModules(program, cell, { ts, options, reader: texts.reader, resolver, parse });
  };

  const parse: JoiningParts["parse"] = (name, language) => {
    const snapshot = texts.snapshotOf(name);
    return snapshot && acquire(name, { snapshot, version: texts.versionOf(name), language });
  };

  const isStale = (program: Program): boolean => {
    const own = program.getSourceFiles().map(({ fileName }) => fileName);
    return texts.haveChanged(own) || resolver.findsMore();
  };

  const open: CellProgram["open"] = (text, scope, { held = [], isLater = true } = {}) => {
    const name = `${folder}/__cell_${cells++}__${kindOf(ts, text)}`;
    around = scope.around;
    const needed = new Set(scope.files(held).map(({ fileName }) => fileName));
    for (const one of [...parsed.keys()]) if (isCell(one) && !needed.has(one)) forget(one);
    texts.set(name, text);
    const { importedFiles, referencedFiles, typeReferenceDirectives } = ts.preProcessFile(text, true, true);
    const imports = importedFiles.map(({ fileName }) => fileName);
    const refers = referencedFiles.length + typeReferenceDirectives.length > 0;
    const mayBeAdded = !refers && !reachesOut(text) && !name.endsWith(".tsx");
    const isFresh = current && !(isLater && imports.length > 0 && isStale(current));
    const file = isFresh && mayBeAdded ? parseModule(ts, { name, text }, options) : undefined;
    if (file) file.parent = around;
    const joined = file && joining(current!, file, imports);
    if (!joined) return { ...rebuilt(name, needed), service, imports };
    file.version = texts.versionOf(name);
    for (const [one, links] of joined) {
      parsed.set(one.fileName, one as unknown as TypeScript.SourceFile);
      added.set(one.fileName, one);
      linksOf.set(one, links);
    }
    return { program: current!, file, service, imports };
  };

  const declarationsOf: CellProgram["declarationsOf"] = (name) => {
    const module = resolver.resolve(name, `${folder}/__cell__.ts`).resolvedModule;
    if (!module?.isExternalLibraryImport || module.resolvedUsingTsExtension || !isDeclaration(module)) return undefined;
    const text = texts.reader.readFile(module.resolvedFileName) ?? "";
    return text.length > MOST ? undefined : ts.createSourceFile(module.resolvedFileName, text, options.target!);
  };

  /** Another program, which looks for all that the user's files import. */
  const anew = (cells: Iterable<BoundFile>): Program => {
    for (const file of cells) letResolve(file);
    resolver.startAnew();
    withoutAdded(); // the next program is made of the files that this one began with
    version++;
    return latest();
  };

  const rebuilt = (name: string, needed: Set<string>): Pick<OpenCell, "program" | "file"> => {
    roots = [...needed, name];
    const before = [...added.values()];
    added.clear();
    linksOf.clear();
    const program = anew(before);
    return { program, file: program.getSourceFile(name) as unknown as BoundFile };
  };

  const forget = (name: string) => {
    const file = added.get(name);
    if (file) linksOf.delete(file);
    added.delete(name);
    parsed.delete(name);
    texts.drop(name);
  };

  return {
    open,
    parse: (text) => parseModule(ts, { name: `${folder}/__cell_${cells}__${kindOf(ts, text)}`, text }, options),
    declarationsOf,
    setModule: (name, text) => {
      texts.set(name, text);
      modules.add(name);
      const program = anew(added.values());
      current = undefined; // the next cell sees it
      return { program, file: program.getSourceFile(name) as TypeScript.SourceFile };
    },
    renew: () => void (current = undefined),
    isStale: () => current !== undefined && isStale(current),
  };
}

function isDeclaration({ extension }: TypeScript.ResolvedModuleFull): boolean {
  return /^\.d\.[cm]?ts$/.test(extension);
}

/** A program looks for the modules of a file that has no record of them. */
function letResolve(file: BoundFile): void {
  file.imports = file.moduleAugmentations = file.ambientModuleNames = undefined;
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
