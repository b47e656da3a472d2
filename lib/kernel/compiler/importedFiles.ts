import { createHash } from "crypto";
import type * as TypeScript from "typescript";
import { CODE_ALONE, isCell } from "./compiler";
import { type LinkedFile, type Links, linksIn } from "./fileLinks";
import { moduleMeta } from "./moduleMeta";
import type { CompiledModule, KeptModules } from "./keptModules";
import type { Way } from "./placeFinder";
import { splitMap } from "./sourceMaps";

type Compiler = typeof TypeScript;
type Program = TypeScript.Program;
type SourceFile = TypeScript.SourceFile;
/** Declarations in a module that reach beyond it. */
type Reaching = { moduleAugmentations?: readonly unknown[] };

/** A file of the user that a cell imports, compiled. */
export interface SideOutput {
  path: string;
  data: string;
  way: Way;
}

/** The user's own files behind a cell: checked and compiled once, and again when they or what they see has changed. */
export interface ImportedFiles {
  /** The messages about these files, and those that they import. */
  check(program: Program, modules: string[]): TypeScript.Diagnostic[];
  /** Those that were not given yet in their present state. */
  compile(program: Program, modules: string[]): SideOutput[];
  /** Stands for the contents of these files and of all that they see; undefined where there are none. */
  keyOf(program: Program, modules: string[]): string | undefined;
}

/** Which of the files behind a cell need no check, as they are known to be right; default none. */
export interface Trust {
  trusted?(files: SourceFile[], links: Links): Iterable<SourceFile>;
}

/** Nothing checked yet. */
export function newImportedFiles(ts: Compiler, kept: KeptModules, { trusted = () => [] }: Trust = {}): ImportedFiles {
  let known = new Set<SourceFile>();
  let latest: Program | undefined;
  const clean = new Set<SourceFile>();
  let right = new Set<SourceFile>(); // as of the last check: what a file sees may change while it stays
  const given = new WeakSet<SourceFile>();

  const compiled = (program: Program, file: SourceFile): CompiledModule => {
    const found = kept.find(program, file);
    if (found) return found;
    const made = right.has(file) ? transpiled(ts, program, file) : emitted(ts, program, file);
    kept.keep(program, file, made);
    return made;
  };

  const check: ImportedFiles["check"] = (program, modules) => {
    if (program !== latest || modules.length > 0) {
      const now = new Set(program.getSourceFiles().filter(({ fileName }) => !isCell(fileName)));
      if (program !== latest && !isSameWorld(ts, known, now)) clean.clear();
      [known, latest] = [now, program];
    }
    const links = linksIn(ts, program);
    const files = behind(program, modules, links);
    right = new Set(trusted(files, links));
    return files
      .filter((file) => !clean.has(file) && !right.has(file))
      .flatMap((file) => {
        const isKept = kept.find(program, file) !== undefined;
        const found = isKept ? [] : [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
        if (found.length === 0) clean.add(file);
        // Its code runs already; kept, it needs no check where later kernels come to see the same.
        if (found.length === 0 && !isKept && given.has(file)) kept.keep(program, file, emitted(ts, program, file));
        return found;
      });
  };

  const compile: ImportedFiles["compile"] = (program, modules) =>
    behind(program, modules, linksIn(ts, program))
      .filter((file) => !given.has(file))
      .map((file) => {
        given.add(file);
        const { code, map } = compiled(program, file);
        return { path: compiledName(file.fileName), data: code, way: map === undefined ? [] : [map] };
      })
      .sort((a, b) => a.path.localeCompare(b.path));

  const keyOf: ImportedFiles["keyOf"] = (program, modules) => {
    const files = modules.flatMap((name) => program.getSourceFile(name) ?? []);
    const keys = files.map((file) => kept.keyOf(program, file));
    return keys.length === 0 ? undefined : createHash("sha256").update(keys.join("\n")).digest("hex");
  };

  return { check, compile, keyOf };
}

/** Those files that have code to run, from these on, through all that they import. */
function behind(program: Program, modules: string[], links: Links): SourceFile[] {
  const hasCode = (file: LinkedFile | SourceFile | undefined): file is LinkedFile =>
    file !== undefined &&
    !file.isDeclarationFile &&
    !file.fileName.includes("/node_modules/") &&
    !file.fileName.endsWith(".json");
  const found = new Set(modules.map((name) => program.getSourceFile(name)).filter(hasCode));
  for (const file of found) for (const other of links(file)) if (hasCode(other)) found.add(other);
  return [...found];
}

/** A file whose types were checked, as a CommonJS module: TypeScript checks it first where they were not. */
function emitted(ts: Compiler, program: Program, file: SourceFile): CompiledModule {
  const options = program.getCompilerOptions();
  const { module } = options;
  let compiled: CompiledModule = { code: "" };
  options.module = ts.ModuleKind.CommonJS;
  try {
    const before = [moduleMeta(ts)];
    program.emit(file, (_name, text) => (compiled = splitMap(text)), undefined, CODE_ALONE, { before });
  } finally {
    options.module = module;
  }
  return compiled;
}

/** A file whose types need no check, as a CommonJS module. */
function transpiled(ts: Compiler, program: Program, { text, fileName }: SourceFile): CompiledModule {
  const compilerOptions = { ...program.getCompilerOptions(), module: ts.ModuleKind.CommonJS, isolatedModules: true };
  const transformers = { before: [moduleMeta(ts)] };
  return splitMap(ts.transpileModule(text, { fileName, compilerOptions, transformers }).outputText);
}

/** The name under which a file's code is required. */
function compiledName(name: string): string {
  return name.replace(/\.tsx?$/, ".js").replace(/\.([cm])ts$/, ".$1js");
}

/** Whether what was known is all there still, and what came to it does not reach beyond itself. */
function isSameWorld(ts: Compiler, known: Set<SourceFile>, now: Set<SourceFile>): boolean {
  for (const file of known) if (!now.has(file)) return false;
  for (const file of now) if (!known.has(file) && reachesOut(ts, file)) return false;
  return true;
}

function reachesOut(ts: Compiler, file: SourceFile): boolean {
  return !ts.isExternalModule(file) || ((file as Reaching).moduleAugmentations?.length ?? 0) > 0;
}
