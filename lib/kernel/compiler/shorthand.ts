import type * as TypeScript from "typescript";
import { isEarlierFile } from "./tslabFiles";

type Compiler = typeof TypeScript;

/**
 * Writes `{ seed }` out as `{ seed: exports.seed }` where `seed` is a variable of an earlier cell, which tslab finds
 * everywhere but there.
 */
export function shorthandOf(
  ts: Compiler,
  checker: TypeScript.TypeChecker,
): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  const { factory } = ts;
  const isEarlier = (property: TypeScript.ShorthandPropertyAssignment) =>
    checker
      .getShorthandAssignmentValueSymbol(property)
      ?.declarations?.some((declaration) => isEarlierFile(declaration.getSourceFile().fileName)) ?? false;
  const writtenOut = (property: TypeScript.ShorthandPropertyAssignment) => {
    const { name, objectAssignmentInitializer: otherwise } = property;
    const variable = factory.createPropertyAccessExpression(factory.createIdentifier("exports"), name.text);
    const value = otherwise ? factory.createAssignment(variable, otherwise) : variable;
    return ts.setTextRange(factory.createPropertyAssignment(name.text, ts.setTextRange(value, name)), property);
  };
  return (context) => {
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      const visited = ts.visitEachChild(node, visit, context);
      return ts.isShorthandPropertyAssignment(node) && isEarlier(node)
        ? writtenOut(visited as TypeScript.ShorthandPropertyAssignment)
        : visited;
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
}
