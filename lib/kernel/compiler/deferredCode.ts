import type * as TypeScript from "typescript";
import type { Compiler } from "./compiler";

type Node = TypeScript.Node;

/** Tells code that runs with its cell from code that a declaration keeps for later calls. */
export interface DeferredCode {
  /** Whether a function or class is kept under a name of the cell, and does nothing before that name is used. */
  isDeferred(node: Node): boolean;
  /** The functions and classes in a declaration, the outermost ones. */
  functionsIn(declaration: Node): Node[];
  /** The place in its cell from which on a variable is the cell's own. */
  startOf(symbol: TypeScript.Symbol): number;
}

/** Looks at syntax alone. */
export function newDeferredCode(ts: Compiler): DeferredCode {
  const isFunction = (node: Node) => ts.isFunctionLike(node) || ts.isClassLike(node);

  const isDeferred = (node: Node): boolean => {
    if (!isFunction(node)) return false;
    if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return ts.isSourceFile(node.parent);
    let parent = node.parent;
    while (!ts.isStatement(parent) && !isFunction(parent) && !ts.isCallOrNewExpression(parent)) parent = parent.parent;
    return ts.isVariableStatement(parent) && ts.isSourceFile(parent.parent);
  };

  const functionsIn = (declaration: Node): Node[] => {
    if (isFunction(declaration)) return [declaration];
    const found: Node[] = [];
    ts.forEachChild(declaration, (child) => void found.push(...functionsIn(child)));
    return found;
  };

  const startOf = ({ declarations = [] }: TypeScript.Symbol): number => {
    const starts = declarations.map((one) => {
      let node: Node = one;
      while (ts.isBindingElement(node)) node = node.parent.parent;
      if (ts.isClassLike(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node)) return node.end;
      if (!ts.isVariableDeclaration(node)) return 0;
      const statement = node.parent.parent;
      const isVar = (node.parent.flags & ts.NodeFlags.BlockScoped) === 0;
      const isSet = node.initializer !== undefined || !isVar || !ts.isVariableStatement(statement);
      return isSet && ts.isSourceFile(statement.parent) ? node.end : Infinity;
    });
    return Math.min(...starts);
  };

  return { isDeferred, functionsIn, startOf };
}
