import type * as TypeScript from "typescript";
import type { Place } from "../compiler/placeFinder";

/** Whether what is thrown at a place is caught by a `try` around it, within the function that the place belongs to. */
export function caughtAt(ts: typeof TypeScript, source: string, { line, column }: Place): boolean {
  const file = ts.createSourceFile("thrown.tsx", source, ts.ScriptTarget.Latest, true);
  const lines = file.getLineStarts();
  const at = Math.min((lines[line - 1] ?? source.length) + column - 1, source.length);
  const innermost = (node: TypeScript.Node): TypeScript.Node =>
    ts.forEachChild(node, (child) => (child.pos <= at && at < child.end ? innermost(child) : undefined)) ?? node;
  for (let node = innermost(file); node.parent && !ts.isFunctionLike(node); node = node.parent)
    if (ts.isTryStatement(node.parent) && node.parent.tryBlock === node && node.parent.catchClause) return true;
  return false;
}
