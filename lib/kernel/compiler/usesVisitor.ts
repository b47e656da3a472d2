import type * as TypeScript from "typescript";
import type { Call } from "./codeFacts";
import type { Compiler } from "./compiler";

type Node = TypeScript.Node;
type Identifier = TypeScript.Identifier;

/** Is told of each use that code makes of a name. */
export interface UseListener {
  read(name: Identifier): void;
  write(name: Identifier): void;
  /** The object that an expression stands for gets or loses a property or element. */
  change(object: Node): void;
  call(node: Call): void;
  /** Goes through code itself and gives true, or leaves it to the visitor. */
  enter(node: Node): boolean;
}

/** Gives the function that goes through code and tells a listener of all its reads, writes, changes and calls. */
export function usesVisitor(ts: Compiler, listener: UseListener): (node: Node) => void {
  const { SyntaxKind } = ts;

  /** What is assigned to; `isRead` where the old value counts too. */
  const assign = (node: Node, isRead = false): void => {
    const target = ts.skipOuterExpressions(node as TypeScript.Expression);
    if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) {
      listener.change(target.expression);
      visit(target);
    } else if (ts.isIdentifier(target)) {
      listener.write(target);
      if (isRead) listener.read(target);
    } else assignParts(target);
  };

  const assignParts = (target: Node) => {
    if (ts.isArrayLiteralExpression(target)) for (const one of target.elements) assign(one);
    if (ts.isObjectLiteralExpression(target)) for (const one of target.properties) assignProperty(one);
    if (ts.isSpreadElement(target)) assign(target.expression);
    if (!ts.isBinaryExpression(target)) return;
    assign(target.left);
    visit(target.right);
  };

  const assignProperty = (node: TypeScript.ObjectLiteralElementLike) => {
    if (ts.isPropertyAssignment(node)) assign(node.initializer);
    if (ts.isSpreadAssignment(node)) assign(node.expression);
    if (!ts.isShorthandPropertyAssignment(node)) return;
    listener.write(node.name);
    if (node.objectAssignmentInitializer) visit(node.objectAssignmentInitializer);
  };

  const isAssignment = (node: Node): node is TypeScript.BinaryExpression =>
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= SyntaxKind.LastAssignment;

  const isStep = (node: Node): node is TypeScript.PrefixUnaryExpression | TypeScript.PostfixUnaryExpression =>
    (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    (node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken);

  const visitLoop = (node: TypeScript.ForInOrOfStatement) => {
    if (ts.isVariableDeclarationList(node.initializer)) visit(node.initializer);
    else assign(node.initializer);
    for (const one of [node.expression, node.statement]) visit(one);
  };

  const isReference = (node: Identifier) =>
    (node.parent as TypeScript.NamedDeclaration).name !== node || ts.isShorthandPropertyAssignment(node.parent);

  function visit(node: Node): void {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node)) return isReference(node) ? listener.read(node) : undefined;
    if (ts.isForInStatement(node) || ts.isForOfStatement(node)) return visitLoop(node);
    if (isStep(node)) return assign(node.operand, true);
    if (isAssignment(node)) {
      assign(node.left, node.operatorToken.kind !== SyntaxKind.EqualsToken);
      return visit(node.right);
    }
    if (ts.isDeleteExpression(node)) return assign(node.expression);
    if (ts.isCallOrNewExpression(node)) listener.call(node);
    if (!listener.enter(node)) ts.forEachChild(node, visit);
  }

  return visit;
}
