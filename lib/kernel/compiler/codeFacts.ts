import type * as TypeScript from "typescript";
import { newAliasRoots } from "./aliasRoots";
import type { Compiler } from "./compiler";
import { isChangeable } from "./isChangeable";

type Node = TypeScript.Node;
type Symbol = TypeScript.Symbol;

/** A call of a function, or of a class. */
export type Call = TypeScript.CallExpression | TypeScript.NewExpression;

/** What the checker knows of code. */
export interface CodeFacts {
  program: TypeScript.Program;
  checker: TypeScript.TypeChecker;
  /** The variable that a name stands for. */
  symbolOf(name: TypeScript.Identifier): Symbol | undefined;
  /** The variables whose objects a variable had from its declaration. */
  sourcesOf(symbol: Symbol): Symbol[];
  /** The variables whose objects are changed where that of an expression is; imports are none. */
  changedWith(object: Node): Symbol[];
}

/** Facts of the code of a program. */
export function newCodeFacts(ts: Compiler, program: TypeScript.Program): CodeFacts {
  const checker = program.getTypeChecker();
  const symbolOf: CodeFacts["symbolOf"] = (name) =>
    ts.isShorthandPropertyAssignment(name.parent)
      ? checker.getShorthandAssignmentValueSymbol(name.parent)
      : checker.getSymbolAtLocation(name);
  const isLibrary = (call: TypeScript.CallExpression) => {
    const declaration = checker.getResolvedSignature(call)?.declaration;
    return declaration !== undefined && program.isSourceFileDefaultLibrary(declaration.getSourceFile());
  };
  const aliases = newAliasRoots({ ts, symbolOf, isLibrary });

  const changedWith = (object: Node): Symbol[] => {
    if (!isChangeable(ts, checker, checker.getTypeAtLocation(object))) return [];
    const found = new Set(aliases.ofExpression(object));
    for (const symbol of found) {
      const isImport = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
      if (isImport || !isChangeable(ts, checker, checker.getTypeOfSymbolAtLocation(symbol, object)))
        found.delete(symbol);
      else for (const one of aliases.ofDeclaration(symbol)) found.add(one);
    }
    return [...found];
  };

  return { program, checker, symbolOf, sourcesOf: aliases.ofDeclaration, changedWith };
}
