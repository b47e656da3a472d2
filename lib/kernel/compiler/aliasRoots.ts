import type * as TypeScript from "typescript";
import type { Compiler } from "./compiler";

type Node = TypeScript.Node;
type Symbol = TypeScript.Symbol;

/** Methods of JavaScript's library that give what their object holds. */
const HOLDING = /^(at|get|find|findLast|values|entries|subarray)$/;

/** Finds the variables through which an object can be reached. */
export interface AliasRoots {
  /** The variables whose objects an expression stands for: `model` for `model.layers[0]`. */
  ofExpression(node: Node): Symbol[];
  /** The variables whose objects a variable had from its declaration: `model` for `w` of `const w = model.weights`. */
  ofDeclaration(symbol: Symbol): Symbol[];
}

/** How the checker finds names. */
export interface AliasParts {
  ts: Compiler;
  /** The variable that a name stands for. */
  symbolOf(name: TypeScript.Identifier): Symbol | undefined;
  /** Whether a method belongs to JavaScript's own library. */
  isLibrary(call: TypeScript.CallExpression): boolean;
}

/** Follows declarations, properties, elements and loops; what a function has kept somewhere is not found. */
export function newAliasRoots({ ts, symbolOf, isLibrary }: AliasParts): AliasRoots {
  const ofExpression = (node: Node | undefined): Symbol[] => {
    if (!node) return [];
    if (ts.isIdentifier(node)) return [symbolOf(node) ?? []].flat();
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return ofExpression(node.expression);
    if (ts.isAwaitExpression(node) || ts.isSpreadElement(node)) return ofExpression(node.expression);
    if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(ofExpression);
    if (ts.isArrayLiteralExpression(node)) return node.elements.filter((one) => !ts.isSpreadElement(one)).flatMap(ofExpression); // prettier-ignore
    if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(ofProperty);
    if (ts.isCallExpression(node)) return ofCall(node);
    if (ts.isBinaryExpression(node)) return [node.left, node.right].flatMap(ofExpression);
    const inner = ts.skipOuterExpressions(node as TypeScript.Expression);
    return inner === node ? [] : ofExpression(inner);
  };

  const ofProperty = (node: TypeScript.ObjectLiteralElementLike): Symbol[] => {
    if (ts.isShorthandPropertyAssignment(node)) return ofExpression(node.name);
    return ts.isPropertyAssignment(node) ? ofExpression(node.initializer) : [];
  };

  const ofCall = (node: TypeScript.CallExpression): Symbol[] => {
    if (!ts.isPropertyAccessExpression(node.expression)) return [];
    const { expression, name } = node.expression;
    return isLibrary(node) && !HOLDING.test(name.text) ? [] : ofExpression(expression);
  };

  /** What the parameter of a function is, where the function is given to a method: `row` in `rows.forEach((row) => …)`. */
  const ofParameter = ({ parent: callback }: TypeScript.ParameterDeclaration): Symbol[] => {
    const call = callback.parent as Node | undefined;
    if (!call || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return [];
    return ofExpression(call.expression.expression);
  };

  const ofDeclaration = ({ valueDeclaration }: Symbol): Symbol[] => {
    let node: Node | undefined = valueDeclaration;
    while (node && ts.isBindingElement(node)) node = node.parent.parent;
    if (node && ts.isParameter(node)) return ofParameter(node);
    if (!node || !ts.isVariableDeclaration(node)) return [];
    const loop = node.parent.parent;
    return ofExpression(ts.isForOfStatement(loop) ? loop.expression : node.initializer);
  };

  return { ofExpression, ofDeclaration };
}
