import ts from "typescript";

/** The value of a literal, of an array or object of literals, and undefined for any other expression. */
export function plainValue(node: ts.Expression): unknown {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node))
    return plainValue(node.expression);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (node.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isPrefixUnaryExpression(node)) {
    const operand = plainValue(node.operand);
    return node.operator === ts.SyntaxKind.MinusToken && typeof operand === "number" ? -operand : undefined;
  }
  if (ts.isArrayLiteralExpression(node)) {
    const items = node.elements.map(plainValue);
    return items.includes(undefined) ? undefined : items;
  }
  if (ts.isObjectLiteralExpression(node)) return plainObject(node);
  return undefined;
}

function plainObject(node: ts.ObjectLiteralExpression): unknown {
  const entries = node.properties.map((property) =>
    ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name)
      ? [property.name.text, plainValue(property.initializer)]
      : ["", undefined],
  );
  return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
}
