import type * as TypeScript from "typescript";

type Statement = TypeScript.Statement;

/** Takes what is left of a module out of a cell's code: the import that JSX brings becomes a `require`, empty exports vanish. */
export function withoutModules(ts: typeof TypeScript): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  const { factory } = ts;
  const required = (node: TypeScript.ImportDeclaration): Statement => {
    const bindings = node.importClause?.namedBindings as TypeScript.NamedImports;
    const names = bindings.elements.map(({ propertyName, name }) =>
      factory.createBindingElement(undefined, propertyName as TypeScript.Identifier | undefined, name),
    );
    const call = factory.createCallExpression(factory.createIdentifier("require"), undefined, [node.moduleSpecifier]);
    const declaration = factory.createVariableDeclaration(
      factory.createObjectBindingPattern(names),
      undefined,
      undefined,
      call,
    );
    return factory.createVariableStatement(
      undefined,
      factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const),
    );
  };
  return () => (file) =>
    factory.updateSourceFile(
      file,
      file.statements.flatMap((node) => {
        if (ts.isExportDeclaration(node)) return [];
        return [ts.isImportDeclaration(node) ? required(node) : node];
      }),
    );
}
