import ts from "typescript";

/** The source of a cell of parameters with other values in place of those that it declares. */
export function withValues(source: string, values: Record<string, unknown>): string {
  const file = ts.createSourceFile("parameters.ts", source, ts.ScriptTarget.ES2022, true);
  const declared = file.statements
    .filter(ts.isVariableStatement)
    .flatMap((each) => [...each.declarationList.declarations]);
  return declared.reverse().reduce((text, { name, initializer }) => {
    const key = name.getText();
    if (!initializer || !Object.hasOwn(values, key)) return text;
    return text.slice(0, initializer.getStart()) + JSON.stringify(values[key]) + text.slice(initializer.end);
  }, source);
}
