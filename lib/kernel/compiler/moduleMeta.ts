import type * as TypeScript from "typescript";

type SourceFile = TypeScript.SourceFile;

/** Writes `import.meta` out for a file that runs as a CommonJS module: with its url, filename and dirname. */
export function moduleMeta(ts: typeof TypeScript): TypeScript.TransformerFactory<SourceFile> {
  const { factory } = ts;
  const name = (text: string) => factory.createIdentifier(text);
  const url = factory.createPropertyAccessExpression(
    factory.createCallExpression(
      factory.createPropertyAccessExpression(
        factory.createCallExpression(name("require"), undefined, [factory.createStringLiteral("url")]),
        "pathToFileURL",
      ),
      undefined,
      [name("__filename")],
    ),
    "href",
  );
  const meta = () =>
    factory.createParenthesizedExpression(
      factory.createObjectLiteralExpression([
        factory.createPropertyAssignment("url", url),
        factory.createPropertyAssignment("filename", name("__filename")),
        factory.createPropertyAssignment("dirname", name("__dirname")),
      ]),
    );
  return (context) => {
    const visit = (node: TypeScript.Node): TypeScript.Node =>
      ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword
        ? meta()
        : ts.visitEachChild(node, visit, context);
    return (file) => (file.text.includes("import.meta") ? ts.visitEachChild(file, visit, context) : file);
  };
}
