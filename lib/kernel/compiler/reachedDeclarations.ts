import type * as TypeScript from "typescript";

/** Declarations without the variables that a cell, broken off on its way, has not come to. */
export function reachedDeclarations(
  ts: typeof TypeScript,
  declarations: string,
  isReached: (name: string) => boolean,
): string {
  const file = ts.createSourceFile("declarations.d.ts", declarations, ts.ScriptTarget.Latest);
  const statements = file.statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement)) return [statement];
    const { declarationList, modifiers } = statement;
    const kept = declarationList.declarations.filter(({ name }) => !ts.isIdentifier(name) || isReached(name.text));
    if (kept.length === 0) return [];
    const list = ts.factory.createVariableDeclarationList(kept, declarationList.flags);
    return [ts.factory.updateVariableStatement(statement, modifiers, list)];
  });
  return ts.createPrinter().printFile(ts.factory.updateSourceFile(file, statements));
}
