import type * as TypeScript from "typescript";
import type { BoundFile, Compiler } from "../compiler/compiler";
import type { NotebookCell, NotebookCells } from "./notebookCells";

type Symbol = TypeScript.Symbol;
type Checker = TypeScript.TypeChecker & {
  resolveName(name: string, at: TypeScript.Node, meaning: number, excludeGlobals: boolean): Symbol | undefined;
};

/** Where a name stands for a symbol that cells share. */
export interface NameUse {
  cell: NotebookCell;
  name: TypeScript.Identifier;
}

/** Names that one cell declares for later ones: TypeScript itself looks for a variable of a module nowhere else. */
export interface SharedNames {
  /** What stands at a place, where a cell declares it for others. */
  at(cell: NotebookCell, offset: number): Symbol | undefined;
  /** All places where a name stands for it, in the notebook's order. */
  usesOf(symbol: Symbol): NameUse[];
  /** The first place where another name would stand for something else, or be taken for it; undefined where it is free. */
  conflict(symbol: Symbol, newName: string): NameUse | undefined;
}

/** Finds the names by the checker, cell by cell. */
export function newSharedNames(ts: Compiler, cells: NotebookCells): SharedNames {
  const checker = () => cells.program().getTypeChecker() as Checker;

  const symbolOf = (name: TypeScript.Identifier): Symbol | undefined => {
    const { parent } = name;
    if (ts.isShorthandPropertyAssignment(parent)) return checker().getShorthandAssignmentValueSymbol(parent);
    if (ts.isExportSpecifier(parent) && (parent.propertyName ?? parent.name) === name)
      return checker().getExportSpecifierLocalTargetSymbol(parent);
    if (ts.isBindingElement(parent) && parent.propertyName === undefined && parent.name === name)
      return (parent as TypeScript.BindingElement & { symbol: Symbol }).symbol;
    return checker().getSymbolAtLocation(name);
  };

  const outer = (symbol: Symbol | undefined) => symbol && checker().getExportSymbolOfSymbol(symbol);

  const isShared = (symbol: Symbol) =>
    cells.all().some(({ declared }) => declared.some((one) => one.symbol === symbol));

  const usesIn = (cell: NotebookCell, text: string): TypeScript.Identifier[] => {
    if (!cell.file.identifiers.has(text)) return [];
    const found: TypeScript.Identifier[] = [];
    const visit = (node: TypeScript.Node): void => {
      if (ts.isIdentifier(node) && node.text === text) found.push(node);
      ts.forEachChild(node, visit);
    };
    visit(cell.file as unknown as TypeScript.Node);
    return found;
  };

  const uses = (text: string): NameUse[] =>
    cells.all().flatMap((cell) => usesIn(cell, text).map((name) => ({ cell, name })));

  const usesOf = (symbol: Symbol) => uses(symbol.name).filter(({ name }) => outer(symbolOf(name)) === symbol);

  const isFree = (symbol: Symbol | undefined) =>
    symbol?.declarations?.every((one) => !ts.isSourceFile(one.parent) && !isTopLevel(one)) ?? false;

  /** Whether a declaration is one of a cell's own, and not of a function or block within it. */
  const isTopLevel = (node: TypeScript.Node): boolean => {
    const file = node.getSourceFile() as unknown as BoundFile;
    return Array.from(file.locals?.values() ?? []).some(({ declarations = [] }) =>
      declarations.includes(node as never),
    );
  };

  const conflict: SharedNames["conflict"] = (symbol, newName) => {
    const hidden = usesOf(symbol).find(({ name }) => checker().resolveName(newName, name, ts.SymbolFlags.All, true));
    if (hidden) return hidden;
    const first = cells.all().findIndex(({ declared }) => declared.some((one) => one.symbol === symbol));
    const later = new Set(cells.all().slice(first));
    return uses(newName).find(({ cell, name }) => later.has(cell) && isReference(ts, name) && !isFree(symbolOf(name)));
  };

  return {
    at: (cell, offset) => {
      const name = ts.getTouchingPropertyName(cell.file, offset);
      const symbol = ts.isIdentifier(name) ? outer(symbolOf(name)) : undefined;
      return symbol && isShared(symbol) ? symbol : undefined;
    },
    usesOf,
    conflict,
  };
}

/** Whether an identifier is looked up as a name, and is not a property's. */
function isReference(ts: Compiler, name: TypeScript.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === name;
  if (ts.isQualifiedName(parent)) return parent.left === name;
  const isMember = ts.isClassElement(parent) || ts.isTypeElement(parent) || ts.isPropertyAssignment(parent) || ts.isEnumMember(parent); // prettier-ignore
  if (isMember) return (parent as TypeScript.NamedDeclaration).name !== name;
  return !(ts.isBindingElement(parent) || ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) || parent.propertyName !== name; // prettier-ignore
}
