import type * as TypeScript from "typescript";
import { type KnownLooks, newCallEffects } from "./callEffects";
import type { Declared } from "./cellScope";
import { type Call, newCodeFacts } from "./codeFacts";
import type { BoundFile, Compiler } from "./compiler";
import { newDeferredCode } from "./deferredCode";
import { usesVisitor } from "./usesVisitor";

type Node = TypeScript.Node;
type Symbol = TypeScript.Symbol;

/** What a cell does with the names that cells share. */
export interface CellUses {
  /** Names of earlier cells that the cell needs: variables, imports and types, also those that the functions it uses need. */
  reads: string[];
  /** Names that it declares or assigns. */
  writes: string[];
  /** Names whose objects it may change in place, as far as types and calls tell. */
  changes: string[];
  /** Whether it calls a function with no variable for its effect, as one that chooses a backend, or awaits such a call. */
  acts: boolean;
  /** Stands for the contents of the user's files that it imports, with all that they see; none without such files. */
  imports?: string;
}

/** A cell that was checked, and what is known of it. */
export interface CheckedCell {
  program: TypeScript.Program;
  file: BoundFile;
  declared: Declared[];
  /** Whether a name is a variable of an earlier cell. */
  isEarlier(name: string): boolean;
}

/** The cells so far, and the names they share. */
interface Known {
  files: WeakSet<object>;
  shared: WeakMap<Symbol, Declared>;
  /** What is known of functions, as long as no file has changed. */
  looks: WeakMap<TypeScript.Program, KnownLooks>;
}

/**
 * Gives the function that takes a cell and tells on demand what it uses. Cells are to be given in their order: it follows their
 * functions.
 */
export function newCellUses(ts: Compiler): (cell: CheckedCell) => () => CellUses {
  const known: Known = { files: new WeakSet(), shared: new WeakMap(), looks: new WeakMap() };
  return (cell) => {
    known.files.add(cell.file);
    for (const one of cell.declared) known.shared.set(one.symbol, one);
    return () => usesOf(ts, cell, known);
  };
}

function usesOf(ts: Compiler, cell: CheckedCell, { files, shared, looks }: Known): CellUses {
  const { program, isEarlier } = cell;
  const own = new Map(cell.declared.map(({ name, symbol }) => [name, symbol]));
  const uses = { reads: new Set<string>(), writes: new Set(own.keys()), changes: new Set<string>(), acts: false };
  const done = new Set<object>();
  const { isDeferred, functionsIn, startOf } = newDeferredCode(ts);
  /** Where the cell uses the function that is gone through; undefined in the cell's own code. */
  let place: number | undefined;
  /** Whether the code at hand is only kept for later. */
  let isKept = false;

  const facts = newCodeFacts(ts, program);
  const { checker, symbolOf } = facts;
  const known: KnownLooks = looks.get(program) ?? new WeakMap();
  looks.set(program, known);
  const effectsOf = newCallEffects(ts, facts, known);
  const isInCell = (declaration: Node) => files.has(declaration.getSourceFile());
  const isFirst = (one: object) => !done.has(one) && !!done.add(one);

  const read = (name: TypeScript.Identifier) => {
    const symbol = symbolOf(name);
    if (!symbol || !shared.has(symbol)) return;
    readShared(symbol, place ?? name.pos);
    if (isKept || !ts.isExpressionNode(name)) return;
    const { declarations = [] } = checker.getTypeAtLocation(name).symbol ?? {};
    follow([...declarations.filter(isInCell), ...(symbol.declarations ?? [])].flatMap(functionsIn), name.pos);
  };

  /** Notes a variable that is read, and those that share its object from its declaration on. */
  const readShared = (symbol: Symbol, at: number): void => {
    const found = shared.get(symbol);
    if (!found) return;
    const mine = own.get(found.name);
    const isOld = isEarlier(found.name) && !isKept;
    if (!mine || (isOld && at < startOf(mine))) uses.reads.add(found.name);
    if (!mine && found.isValue && isFirst(symbol)) for (const one of facts.sourcesOf(symbol)) readShared(one, at);
  };

  /** Goes through functions and classes as through code of the cell, each once. */
  const follow = (functions: Node[], at: number) => {
    const before = { place, isKept };
    place ??= at;
    for (const one of functions) if (isFirst(one)) ts.forEachChild(one, visit);
    ({ place, isKept } = before);
  };

  const write = (name: TypeScript.Identifier) => {
    const symbol = symbolOf(name);
    const found = symbol && shared.get(symbol);
    if (found && !isKept) uses.writes.add(found.name);
  };

  const change = (object: Node) => {
    if (isKept) return;
    for (const symbol of facts.changedWith(object)) {
      const found = shared.get(symbol);
      if (found) uses.changes.add(found.name);
    }
  };

  const call = (node: Call) => {
    if (isKept) return;
    const { changed, isOpen } = effectsOf(node);
    for (const one of changed) change(one);
    const { declaration } = checker.getResolvedSignature(node) ?? {};
    if (declaration && isInCell(declaration)) follow([declaration], node.pos);
    else if (isOpen && isForEffect(node) && !hasVariable(node)) uses.acts = true;
  };

  /** Whether a call is a statement, or is awaited: what takes time most often does something beyond its value. */
  const isForEffect = ({ parent }: Node): boolean =>
    ts.isExpressionStatement(parent) ||
    ts.isAwaitExpression(parent) ||
    (ts.isVoidExpression(parent) && isForEffect(parent));

  const hasVariable = (node: Node): boolean => {
    const symbol = ts.isIdentifier(node) ? symbolOf(node) : undefined;
    if (symbol && symbol.flags & ts.SymbolFlags.Variable && symbol.declarations?.some(isInCell)) return true;
    return ts.forEachChild(node, hasVariable) ?? false;
  };

  const enter = (node: Node): boolean => {
    if (isKept || place !== undefined || !isDeferred(node)) return false;
    isKept = true;
    ts.forEachChild(node, visit);
    isKept = false;
    return true;
  };

  const visit = usesVisitor(ts, { read, write, change, call, enter });
  ts.forEachChild(cell.file as unknown as Node, visit);
  const sorted = (names: Set<string>) => [...names].sort();
  const { reads, writes, changes, acts } = uses;
  return { reads: sorted(reads), writes: sorted(writes), changes: sorted(changes), acts };
}
