import type * as TypeScript from "typescript";
import { bindingTarget } from "./bindingTarget";
import type { CellNames, NameFactory } from "./cellNames";
import type { BoundFile, Compiler } from "./compiler";
import { isDeclaredInside } from "./isDeclaredInside";
import { stoppableAwaits } from "./stoppableAwaits";

type Node = TypeScript.Node;
type Expression = TypeScript.Expression;
type Statement = TypeScript.Statement;
type VariableList = TypeScript.VariableDeclarationList;

/** What of the cell is known before it is compiled. */
export interface Sharing {
  file: BoundFile;
  /** Whether a name is a variable that cells share, of this cell or an earlier one. */
  isShared(name: string): boolean;
  /** Whether an import is of a value, not only of a type. */
  isValue(name: TypeScript.Identifier): boolean;
}

/** What uses of variables work with. */
export interface Uses {
  ts: Compiler;
  sharing: Sharing;
  names: CellNames;
  make: NameFactory;
  context: TypeScript.TransformationContext;
}

/** Visits code in which shared variables are used, however deep. */
export interface UseVisitor {
  visit(node: Node): TypeScript.VisitResult<Node | undefined>;
  visitEach<T extends Node>(node: T): T;
  visited(node: Expression): Expression;
  /** What assigns the values of declarations to shared variables. */
  assignments(list: VariableList): Expression[];
}

/** A visitor that makes `n$.v` of every `n` that is a shared variable, calls of `import()` and `import.meta`, and awaits that an interrupt ends. */
export function useVisitor({ ts, sharing, names, make, context }: Uses): UseVisitor {
  const { factory } = ts;
  const { shared, member } = make;
  const isSharedHere = (name: TypeScript.Identifier) => sharing.isShared(name.text) && !isDeclaredInside(ts, name);
  const visitEach = <T extends Node>(node: T): T => ts.visitEachChild(node, visit, context);
  const visited = (node: Expression): Expression => ts.visitNode(node, visit, ts.isExpression) as Expression;
  const body = (node: Statement) => ts.visitNode(node, visit, ts.isStatement) as Statement;
  const target = bindingTarget(ts, { shared, visited });
  const stoppable = stoppableAwaits(ts, make, names);
  let depth = 0;

  const assignments = (list: VariableList): Expression[] => {
    const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
    return list.declarations.flatMap((one) => {
      const { name, initializer } = one;
      if (!initializer && isVar) return [];
      const value = initializer ? target.named(visited(initializer), name) : factory.createVoidZero();
      const made = factory.createAssignment(target.of(name), value);
      return [ts.setOriginalNode(ts.setTextRange(made, one), one)];
    });
  };

  /** A `var` outside of functions, however deep: all cells see it. */
  const isSharedVar = (node: Node | undefined): node is VariableList =>
    depth === 0 &&
    node !== undefined &&
    ts.isVariableDeclarationList(node) &&
    (node.flags & ts.NodeFlags.BlockScoped) === 0;

  const inside = <T extends Node>(node: T): T => {
    depth++;
    try {
      return visitEach(node);
    } finally {
      depth--;
    }
  };

  /** Called for itself: no `this` comes of how the variable is kept. */
  const alone = (callee: Expression) =>
    factory.createParenthesizedExpression(factory.createComma(factory.createNumericLiteral(0), callee));

  const isSharedCallee = (callee: Expression): boolean => {
    const inner = ts.skipOuterExpressions(callee);
    return ts.isIdentifier(inner) && isSharedHere(inner);
  };

  const visitCall = (node: TypeScript.CallExpression): Node => {
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword)
      return factory.createCallExpression(member(names.helpers, "load"), undefined, node.arguments.map(visited));
    const call = visitEach(node);
    if (!isSharedCallee(node.expression)) return call;
    const callee = ts.setTextRange(alone(call.expression), node.expression);
    return ts.isCallChain(call)
      ? factory.updateCallChain(call, callee, call.questionDotToken, call.typeArguments, call.arguments)
      : factory.updateCallExpression(call, callee, call.typeArguments, call.arguments);
  };

  const visitTemplate = (node: TypeScript.TaggedTemplateExpression): Node => {
    const tagged = visitEach(node);
    if (!isSharedCallee(node.tag)) return tagged;
    return factory.updateTaggedTemplateExpression(tagged, alone(tagged.tag), tagged.typeArguments, tagged.template);
  };

  const visitShorthand = (node: TypeScript.ShorthandPropertyAssignment): Node => {
    if (!isSharedHere(node.name)) return visitEach(node);
    const { name, objectAssignmentInitializer: otherwise } = node;
    const value = otherwise ? factory.createAssignment(shared(name), visited(otherwise)) : shared(name);
    return ts.setTextRange(factory.createPropertyAssignment(name.text, value), node);
  };

  const visitLoop = (node: TypeScript.ForStatement, list: VariableList): Node => {
    const made = assignments(list);
    const rest = visitEach(
      factory.updateForStatement(node, undefined, node.condition, node.incrementor, node.statement),
    );
    const first = made.length > 0 ? made.reduce((a, b) => factory.createComma(a, b)) : undefined;
    return factory.updateForStatement(node, first, rest.condition, rest.incrementor, rest.statement);
  };

  const visitEachOf = (node: TypeScript.ForInOrOfStatement): Statement => {
    if (!isSharedVar(node.initializer)) return visitEach(node);
    const parts = [
      target.of(node.initializer.declarations[0].name),
      visited(node.expression),
      body(node.statement),
    ] as const;
    return ts.isForInStatement(node)
      ? factory.updateForInStatement(node, ...parts)
      : factory.updateForOfStatement(node, node.awaitModifier, ...parts);
  };

  /** A loop, where it has no label around it. */
  const outermost = (node: Statement, made: Statement): Statement =>
    ts.isLabeledStatement(node.parent) ? made : stoppable.loop(made);

  function visit(node: Node): TypeScript.VisitResult<Node | undefined> {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
    if (ts.isIdentifier(node)) return isRead(ts, node) && isSharedHere(node) ? shared(node) : node;
    if (ts.isShorthandPropertyAssignment(node)) return visitShorthand(node);
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      return member(names.helpers, "meta");
    if (ts.isCallExpression(node)) return visitCall(node);
    if (ts.isTaggedTemplateExpression(node)) return visitTemplate(node);
    if (ts.isVariableStatement(node) && isSharedVar(node.declarationList))
      return assignments(node.declarationList).map((made) => asStatement(ts, made));
    if (ts.isForStatement(node) && isSharedVar(node.initializer)) return visitLoop(node, node.initializer);
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return outermost(node, visitEachOf(node));
    if (ts.isLabeledStatement(node)) return outermost(node, visitEach(node));
    if (ts.isAwaitExpression(node)) return ts.setTextRange(stoppable.awaited(visitEach(node)), node);
    const opens = ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node) || ts.isModuleDeclaration(node);
    return opens ? inside(node) : visitEach(node);
  }

  return { visit, visitEach, visited, assignments };
}

/** An expression as a statement in its own place. */
export function asStatement(ts: Compiler, expression: Expression): Statement {
  return ts.setTextRange(ts.factory.createExpressionStatement(expression), expression);
}

/** Whether a name stands for its variable, and not for a property, or for an element of a page. */
export function isRead(ts: Compiler, name: TypeScript.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === name;
  if (ts.isMetaProperty(parent)) return false;
  if (ts.isExportAssignment(parent)) return true;
  const isTag = ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent);
  return isTag ? /^[^a-z]/.test(name.text) : ts.isExpressionNode(name);
}
