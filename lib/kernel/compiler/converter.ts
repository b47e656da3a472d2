import type * as TypeScript from "typescript";
import type { FallbackFiles } from "../fallbackFiles";
import { quickInfo } from "../quickInfo";
import { cellOptions } from "./cellOptions";
import { cellModules } from "./cellModules";
import { type CellNames, cellNames } from "./cellNames";
import { type KnownFiles, newCellProgram, type OpenCell } from "./cellProgram";
import { type CellUses, newCellUses } from "./cellUses";
import { type CellScope, type Declared, declaredIn, newCellScope } from "./cellScope";
import { type BoundFile, CODE_ALONE, type Compiler } from "./compiler";
import { editedCode } from "./editedCode";
import { newFileTexts } from "./fileTexts";
import { amongFitting } from "./fittingSymbols";
import { newImportedFiles, type SideOutput } from "./importedFiles";
import { installedLibrary } from "./installedLibrary";
import { newKeptModules } from "./keptModules";
import { packageImports } from "./packageImports";
import type { Way } from "./placeFinder";
import { type Diagnostic, toDiagnostics } from "./diagnostic";
import { sharedVariables } from "./shareVariables";
import { splitMap } from "./sourceMaps";
import { wordAt } from "./wordAt";
import { withoutModules } from "./withoutModules";

/** What becomes of a cell. */
export interface Converted {
  diagnostics: Diagnostic[];
  /** The cell's code, the body of a function; none where the cell has errors. */
  code?: string;
  way: Way;
  names: CellNames;
  isAsync: boolean;
  /** Variables that the cell declares. */
  declared: string[];
  /** Those of them that are imports. */
  imported: string[];
  /** Tells what it does with shared names, which takes a moment; none where the cell has errors. */
  uses?(): CellUses | undefined;
  /** Files of the user that the cell imports, those that have changed. */
  sideOutputs: SideOutput[];
}

/** Names at a place, with the places where they belong. */
export interface Completions {
  start: number;
  end: number;
  entries: TypeScript.CompletionEntry[];
}

/** Compiles cells, and knows what they have declared. Several may run at a time. */
export interface Converter {
  /** A cell that nothing can be wrong in may be given before it was checked. */
  convert(source: string): Converted;
  /** Checks what was given before; else the next call of any function does. */
  settle(): void;
  /** Whether all that was given is checked. */
  isSettled(): boolean;
  /** The cell runs on: others see those of its variables that it has come to. */
  share(cell: Converted, isReached: (name: string) => boolean): void;
  /** The cell has run: later ones see what it declares, or those of its variables that it came to. */
  keep(cell: Converted, isReached?: (name: string) => boolean): void;
  /** Later cells see a variable of any type. */
  declareAny(name: string): void;
  inspect(source: string, position: number): TypeScript.QuickInfo | undefined;
  complete(source: string, position: number): Completions;
  addModule(name: string, source: string): Diagnostic[];
}

/** What a converter works with. */
export interface ConverterParts {
  ts: Compiler;
  folder: string;
  fallback: FallbackFiles;
  /** A folder that keeps what becomes of imported files, from one kernel to the next. */
  kept: string;
  /** The list of the library's files as they were installed; none where it has none. */
  installed?: string;
  /** Declarations of variables that are there from the start. */
  declared: string;
  /** What is known of packages already. */
  known?: KnownFiles;
}

/** A converter for the cells of a folder, which has seen none yet. */
export function newConverter({
  ts,
  folder: place,
  fallback,
  kept,
  installed,
  declared: given,
  known,
}: ConverterParts): Converter {
  const folder = place.replace(/\\/g, "/").replace(/\/$/, "");
  const options = cellOptions(ts, folder, fallback);
  const texts = newFileTexts(ts, folder, fallback);
  for (const [name, { text }] of known?.parsed ?? []) texts.trust(name, text);
  const program = newCellProgram({ ts, options, texts, folder, known });
  const trust = installed === undefined ? {} : installedLibrary(installed, fallback);
  const imported = newImportedFiles(ts, newKeptModules(ts, kept), trust);
  const cellUses = newCellUses(ts);
  const running = new Map<Converted, { file: BoundFile; declared: Declared[] }>();
  /** What is to be done for cells that were given before they were checked. */
  const later: (() => void)[] = [];
  let scope: CellScope = newCellScope(ts, options);

  const open = (source: string) =>
    program.open(source, scope, { held: Array.from(running.values(), ({ file }) => file) });

  const convert = (source: string): Converted => {
    settle();
    return early(source) ?? checked(source);
  };

  const early = (source: string): Converted | undefined => {
    if (!/^\s*import\b/.test(source)) return undefined;
    const found = packageImports(ts, program.parse(source), program.declarationsOf);
    if (!found) return undefined;
    const { code, map, names, declared } = found;
    const uses = () => ({ reads: [], writes: declared, changes: [], acts: false });
    const cell = { diagnostics: [], code, way: [map], names, isAsync: false, declared, imported: declared, uses, sideOutputs: [] }; // prettier-ignore
    later.push(() => {
      const real = checked(source);
      const known = running.get(real);
      running.delete(real);
      if (known) running.set(cell, known);
    });
    return cell;
  };

  const settle = () => {
    for (let next = later.shift(); next; next = later.shift()) next();
  };

  const checked = (source: string): Converted => {
    const cell = open(source);
    const file = cell.file as unknown as TypeScript.SourceFile;
    const declared = declaredIn(ts, cell.file);
    const modules = cellModules(ts, cell);
    const syntax = cell.program.getSyntacticDiagnostics(file);
    const found =
      syntax.length > 0
        ? syntax
        : [...cell.program.getSemanticDiagnostics(file), ...imported.check(cell.program, modules)];
    const names = cellNames(cell.file);
    const values = declared.filter(({ isValue }) => isValue);
    const variables = values.map(({ name }) => name);
    const importedNames = values.filter(({ isImport }) => isImport).map(({ name }) => name);
    const converted: Converted = { diagnostics: toDiagnostics(ts, found, { folder, cell: cell.file }), way: [], names, isAsync: false, declared: variables, imported: importedNames, sideOutputs: [] }; // prettier-ignore
    if (converted.diagnostics.length > 0) return converted;
    const { code, map } = emitted(cell, names, new Set(variables));
    running.set(converted, { file: cell.file, declared });
    const usesOf = cellUses({ ...cell, declared, isEarlier: scope.isShared });
    const uses = () => {
      try {
        const imports = imported.keyOf(cell.program, modules);
        return { ...usesOf(), ...(imports && { imports }) };
      } catch {
        return undefined; // what a cell uses is worth less than its result
      }
    };
    scope.see(cell.file);
    return Object.assign(converted, {
      ...{ code, way: map === undefined ? [] : [map], isAsync: hasAwait(ts, file), uses },
      sideOutputs: imported.compile(cell.program, modules),
    });
  };

  const emitted = ({ program: all, file }: OpenCell, names: CellNames, own: Set<string>) => {
    const checker = all.getTypeChecker();
    const isValue = (name: TypeScript.Identifier) => {
      const symbol = checker.getSymbolAtLocation(name);
      const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return target !== undefined && ((target.flags & ts.SymbolFlags.Value) !== 0 || target.declarations === undefined);
    };
    const isShared = (name: string) => own.has(name) || (!declaresAmbient(file, name) && scope.isShared(name));
    const isConstant = (node: TypeScript.PropertyAccessExpression | TypeScript.ElementAccessExpression) =>
      checker.getConstantValue(node) !== undefined;
    const edited = editedCode(ts, { file, isShared, isConstant }, names);
    if (edited) return edited;
    names.holders.clear();
    const before = [sharedVariables(ts, { file, isShared, isValue }, names)];
    const after = [withoutModules(ts)];
    let text = "";
    const source = file as unknown as TypeScript.SourceFile;
    const take = (_name: string, code: string) => void (text = code.replace(/^#!/, "//")); // no line of a function begins so
    all.emit(source, take, undefined, CODE_ALONE, { before, after });
    return splitMap(text);
  };

  const declaresAmbient = (file: BoundFile, name: string) => {
    const own = file.locals?.get(name);
    return own !== undefined && (own.flags & ts.SymbolFlags.Value) !== 0;
  };

  const share: Converter["share"] = (cell, isReached) => {
    settle();
    const isShared = ({ name, isValue }: Declared) => !isValue || isReached(name);
    scope = scope.with(running.get(cell)?.declared.filter(isShared) ?? []);
  };

  const keep: Converter["keep"] = (cell, isReached = () => true) => {
    const reached = cell.declared.filter(isReached);
    const take = () => {
      share(cell, (name) => reached.includes(name));
      running.delete(cell);
    };
    if (later.length > 0) later.push(take);
    else take();
  };

  const declareAny = (name: string) => {
    settle();
    keep(checked(`let ${name}: any`));
  };

  const inspect: Converter["inspect"] = (source, position) => {
    settle();
    if (texts.readDocs()) program.renew();
    const { file, service } = open(source);
    return quickInfo({ ts, service, fallback }, file.fileName, position);
  };

  const complete: Converter["complete"] = (source, position) => {
    settle();
    const { file, program: all, service } = open(source);
    const word = wordAt(source, position);
    const written = source.slice(word.start, position);
    const find = () => service.getCompletionsAtPosition(file.fileName, position, {});
    const found = amongFitting(all.getTypeChecker(), written, find);
    const { start, length } = found?.optionalReplacementSpan ?? found?.entries[0]?.replacementSpan ?? word;
    return { start, end: start + length, entries: found?.entries ?? [] };
  };

  const addModule: Converter["addModule"] = (name, source) => {
    settle();
    const path = `${folder}/${name}${/^\/\*\*[^]*?@jsx\b/.test(source) ? ".tsx" : ".ts"}`;
    const { program: all, file } = program.setModule(path, source);
    const found = [...all.getSyntacticDiagnostics(file), ...all.getSemanticDiagnostics(file)];
    return toDiagnostics(ts, found, { folder, cell: file as unknown as BoundFile });
  };

  const base = open(given);
  scope = scope.with(declaredIn(ts, base.file).map((one) => ({ ...one, isValue: true })));
  const isSettled = () => later.length === 0;
  return { convert, settle, isSettled, share, keep, declareAny, inspect, complete, addModule };
}

/** Whether a cell awaits outside of its functions. */
function hasAwait(ts: Compiler, file: TypeScript.SourceFile): boolean {
  const awaits = (node: TypeScript.Node): boolean => {
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing)
      return true;
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return false;
    return ts.forEachChild(node, awaits) ?? false;
  };
  return awaits(file);
}
