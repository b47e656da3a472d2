import type * as TypeScript from "typescript";
import { type BoundFile, type Compiler, type LocalSymbol, parseModule } from "./compiler";

/** What a cell declares under one name. */
export interface Declared {
  name: string;
  symbol: TypeScript.Symbol;
  /** The cell that declares it. */
  file: BoundFile;
  /** What the name may stand for: a value, a type, a namespace, as TypeScript's flags say it. */
  meaning: number;
  /** Whether it is a variable at run time, which cells share. */
  isValue: boolean;
  isImport: boolean;
}

/** The names that are there for a cell. Scopes do not change; each cell that is kept makes a new one. */
export interface CellScope {
  /** What goes around the next cell, for the checker to find the names. */
  around: BoundFile | undefined;
  /** What earlier cells have declared under a name, the last first. */
  of(name: string): Declared[];
  /** Whether a name is a variable of an earlier cell. */
  isShared(name: string): boolean;
  /** The cells whose names can still be reached, or are by these, the earlier ones first. */
  files(held: Iterable<BoundFile>): BoundFile[];
  /** A cell is compiled here: as long as it is reached, so are the cells whose names it uses. */
  see(file: BoundFile): void;
  /** The same names, with these in front. */
  with(declared: Declared[]): CellScope;
}

/** What the files of a scope have seen, by which the compiler still needs them. */
const seenBy = new WeakMap<BoundFile, BoundFile[]>();

/** A scope with these names, those that were declared last first. */
export function newCellScope(
  ts: Compiler,
  options: TypeScript.CompilerOptions,
  names = new Map<string, Declared[]>(),
): CellScope {
  let around: BoundFile | undefined;
  const files = (held: Iterable<BoundFile>) => {
    const found = new Set([...Array.from(names.values(), (all) => all.map(({ file }) => file)).flat(), ...held]);
    for (const file of found) for (const seen of seenBy.get(file) ?? []) found.add(seen);
    return [...found];
  };
  return {
    get around() {
      return names.size === 0 ? undefined : (around ??= levelsOf(ts, options, names));
    },
    of: (name) => names.get(name) ?? [],
    isShared: (name) => names.get(name)?.some(({ isValue }) => isValue) ?? false,
    files,
    see: (file) => void seenBy.set(file, seenIn(file, names)),
    with: (declared) => {
      const next = new Map(names);
      for (const one of declared) next.set(one.name, [one, ...uncovered(next.get(one.name), one.meaning)]);
      return newCellScope(ts, options, next);
    },
  };
}

/** An interface of the same name leaves an earlier variable there, and the other way round. */
function uncovered(earlier: Declared[] = [], meaning: number): Declared[] {
  return earlier.filter((one) => (one.meaning & ~meaning) !== 0);
}

function seenIn({ identifiers }: BoundFile, names: Map<string, Declared[]>): BoundFile[] {
  const seen = Array.from(identifiers.keys(), (name) => names.get(name) ?? []).flat();
  return [...new Set(seen.map(({ file }) => file))];
}

/** The names as the checker looks for them: in the modules around a cell, one within the other. */
function levelsOf(ts: Compiler, options: TypeScript.CompilerOptions, names: Map<string, Declared[]>): BoundFile {
  const depth = Math.max(...Array.from(names.values(), ({ length }) => length));
  let around: BoundFile | undefined;
  for (let level = depth - 1; level >= 0; level--) {
    const file = parseModule(ts, { name: "__scope__.ts", text: "" }, options);
    const here = Array.from(names).filter(([, declared]) => declared.length > level);
    file.locals = new Map(here.map(([name, declared]) => [name, declared[level].symbol]));
    file.parent = around;
    around = file;
  }
  return around as BoundFile;
}

/** All that a cell declares for those after it. What `using` declares ends with its cell, and is not among that. */
export function declaredIn(ts: Compiler, file: BoundFile): Declared[] {
  return Array.from(file.locals ?? [])
    .filter(([name, symbol]) => name !== "default" && !isUsing(ts, symbol))
    .map(([name, local]) => {
      const symbol = (local as LocalSymbol).exportSymbol ?? local;
      const { flags } = symbol;
      const isAlias = (flags & ts.SymbolFlags.Alias) !== 0;
      const isValue = isAlias
        ? !isTypeOnly(ts, symbol)
        : (flags & ts.SymbolFlags.Value) !== 0 && !isAmbient(ts, symbol);
      return { name, symbol, file, meaning: isAlias ? -1 : flags & MEANINGS(ts), isValue, isImport: isAlias };
    });
}

const MEANINGS = ({ SymbolFlags }: Compiler) => SymbolFlags.Value | SymbolFlags.Type | SymbolFlags.Namespace;

function isUsing(ts: Compiler, { valueDeclaration }: TypeScript.Symbol): boolean {
  if (!valueDeclaration) return false;
  const kind = ts.getCombinedNodeFlags(valueDeclaration) & ts.NodeFlags.BlockScoped;
  return kind === ts.NodeFlags.Using || kind === ts.NodeFlags.AwaitUsing;
}

function isAmbient(ts: Compiler, { declarations = [] }: TypeScript.Symbol): boolean {
  return declarations.every(
    (declaration) =>
      (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Ambient) !== 0 ||
      ts.isInterfaceDeclaration(declaration),
  );
}

function isTypeOnly(ts: Compiler, { declarations = [] }: TypeScript.Symbol): boolean {
  return declarations.some((one) => ts.isTypeOnlyImportOrExportDeclaration(one));
}
