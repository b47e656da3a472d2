import { readdirSync, readFileSync, realpathSync, statSync } from "fs";
import { join } from "path";
import type * as TypeScript from "typescript";
import type { FallbackFiles } from "../fallbackFiles";
import type { NotebookCells } from "./notebookCells";

/** A name that a cell can import. */
export interface ExportedName {
  name: string;
  /** How the cell imports its module. */
  module: string;
  /** TypeScript's word for what it is. */
  kind: string;
}

/** Knows what cells can import. */
export interface ExportedNames {
  /** All names; those of files as they are now. */
  all(): ExportedName[];
}

/** Where names are looked for. */
export interface ExportedNamesParts {
  ts: typeof TypeScript;
  cells: NotebookCells;
  folder: string;
  fallback: FallbackFiles;
}

const MOST_FILES = 3000;
const LOOK = 3000; // ms, after which files are looked at again; a file that comes or goes is seen at once
const EXPORT =
  /(\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*)?^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(function\*?|const enum|const|let|var|class|interface|type|enum|namespace)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;
const SKIPPED = /^(node_modules|build|dist|assembly|\..*|__.*)$/;

/**
 * Names of the files beside the notebook and below, of Node's modules, and of the packages that a cell or file imports. What is
 * marked `@internal` is left out. TypeScript's own search for what can be imported takes half a second for each cell that is edited.
 */
export function newExportedNames({ ts, cells, folder, fallback }: ExportedNamesParts): ExportedNames {
  const files = new Map<string, { stamp: string; names: ExportedName[] }>();
  const modules = new Map<string, ExportedName[]>();
  const folders = new Map<string, number | undefined>();
  let looked = -Infinity;
  let own: ExportedName[] = [];

  const ofFiles = (): ExportedName[] => {
    const isLate = performance.now() - looked > LOOK;
    if (!isLate && Array.from(folders).every(([place, time]) => timeOf(place) === time)) return own;
    folders.clear();
    own = sourceFiles({ folder, fallback, onFolder: (place) => folders.set(place, timeOf(place)) }).flatMap(namesIn);
    looked = performance.now();
    return own;
  };

  const namesIn = ({ place, module }: SourcePlace): ExportedName[] => {
    const { mtimeMs, size } = statSync(place);
    const stamp = `${mtimeMs} ${size}`;
    const known = files.get(place);
    if (known?.stamp === stamp) return known.names;
    const names = namesInText(readFileSync(place, "utf8"), module);
    files.set(place, { stamp, names });
    return names;
  };

  const ofModules = (): ExportedName[] => {
    const checker = cells.program().getTypeChecker();
    const ambient = checker.getAmbientModules().map((symbol) => ({ symbol, name: symbol.name.slice(1, -1) }));
    const fromNode = ambient.filter(({ name }) => name.startsWith("node:"));
    return [...fromNode, ...packages(checker)].flatMap(({ symbol, name }) => {
      const known = modules.get(name) ?? checker.getExportsOfModule(symbol).map((one) => ({ name: one.name, module: name, kind: kindOf(ts, one) })); // prettier-ignore
      modules.set(name, known);
      return known;
    });
  };

  /** The packages that cells import, by the names that they use. */
  const packages = (checker: TypeScript.TypeChecker) =>
    cells.all().flatMap(({ file }) =>
      (file as unknown as TypeScript.SourceFile).statements
        .filter(ts.isImportDeclaration)
        .flatMap(({ moduleSpecifier }) => {
          const { text: name } = moduleSpecifier as TypeScript.StringLiteral;
          const symbol = /^(\.|\/|node:)/.test(name) ? undefined : checker.getSymbolAtLocation(moduleSpecifier);
          return symbol ? [{ symbol, name }] : [];
        }),
    );

  return {
    all: () => {
      const isName = ({ name }: ExportedName) => name !== "default" && name !== "export=";
      const found = [...ofFiles(), ...ofModules()].filter(isName);
      return [...new Map(found.map((one) => [`${one.name} ${one.module}`, one])).values()];
    },
  };
}

interface SourcePlace {
  place: string;
  module: string;
}

interface Search extends Pick<ExportedNamesParts, "folder" | "fallback"> {
  onFolder(place: string): void;
}

/** The TypeScript files that a cell can import by a path that goes down. */
function sourceFiles({ folder, fallback, onFolder }: Search): SourcePlace[] {
  const found: SourcePlace[] = [];
  const seen = new Set<string>(); // a link may lead back
  const look = (place: string, module: string): void => {
    const real = realpathSync(place);
    if (seen.has(real)) return;
    seen.add(real);
    onFolder(place);
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      if (found.length >= MOST_FILES || SKIPPED.test(entry.name)) continue;
      const inner = join(place, entry.name);
      if (isFolder(inner)) look(inner, `${module}/${entry.name}`);
      else if (/(?<!\.d)\.tsx?$/.test(entry.name))
        found.push({ place: inner, module: `${module}/${entry.name.replace(/\.tsx?$/, "")}` });
    }
  };
  look(folder, ".");
  const library = fallback.behind(join(folder, "lib"));
  if (library !== undefined) look(library, "./lib");
  return found;
}

function timeOf(place: string): number | undefined {
  return statSync(place, { throwIfNoEntry: false })?.mtimeMs;
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function namesInText(text: string, module: string): ExportedName[] {
  return Array.from(text.matchAll(EXPORT))
    .filter(([, docs = ""]) => !docs.includes("@internal"))
    .map(([, , kind, name]) => ({ name, module, kind: kind.replace(/\W.*/, "") }));
}

function kindOf({ SymbolFlags }: typeof TypeScript, { flags }: TypeScript.Symbol): string {
  if (flags & SymbolFlags.Function) return "function";
  if (flags & SymbolFlags.Class) return "class";
  if (flags & SymbolFlags.Interface) return "interface";
  if (flags & SymbolFlags.TypeAlias) return "type";
  if (flags & SymbolFlags.Enum) return "enum";
  return flags & SymbolFlags.Alias ? "alias" : "const";
}
