import type * as TypeScript from "typescript";
import type { Compiler, ScopeNode } from "./compiler";

/** Whether a name in an expression is one of a scope within the cell: a parameter, a variable of a block, a class in its own body. */
export function isDeclaredInside(ts: Compiler, name: TypeScript.Identifier): boolean {
  for (let node = name.parent as ScopeNode; node && !ts.isSourceFile(node); node = node.parent as ScopeNode) {
    const own = node.locals?.get(name.text);
    if (own && (own.flags & (ts.SymbolFlags.Value | ts.SymbolFlags.Alias | ts.SymbolFlags.ExportValue)) !== 0)
      return true;
    if (isNamedInside(ts, node, name.text)) return true;
  }
  return false;
}

function isNamedInside(ts: Compiler, node: ScopeNode, text: string): boolean {
  if (ts.isFunctionExpression(node) || ts.isClassLike(node)) return node.name?.text === text;
  if (!ts.isEnumDeclaration(node) && !ts.isModuleDeclaration(node)) return false;
  return node.name.text === text || ((node as ScopeNode).symbol?.exports?.has(text as TypeScript.__String) ?? false);
}
