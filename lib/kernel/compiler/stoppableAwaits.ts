import type * as TypeScript from "typescript";
import type { CellNames, NameFactory } from "./cellNames";
import type { Compiler } from "./compiler";

type Expression = TypeScript.Expression;
type Statement = TypeScript.Statement;

type Loop = TypeScript.ForOfStatement;

/** Makes awaits after which a cell that was interrupted does not go on: they call the helpers of `cellAwaits`. */
export interface StoppableAwaits {
  /** What becomes of an await whose operand was visited. */
  awaited(node: TypeScript.AwaitExpression): Expression;
  /** The same for a statement that is a loop with `for await`, also a labelled one; others stay as they are. */
  loop(node: Statement): Statement;
}

/** Makes them for a cell. */
export function stoppableAwaits(ts: Compiler, { member }: NameFactory, names: CellNames): StoppableAwaits {
  const { factory } = ts;
  const call = (name: string, ...values: Expression[]) =>
    factory.createCallExpression(member(names.helpers, name), undefined, values);
  const never = () => factory.createAwaitExpression(call("never"));
  const run = () => factory.createIdentifier(names.run);

  const awaited = (node: TypeScript.AwaitExpression): Expression => {
    const goesOn = call("after", call("now"), node);
    return factory.createParenthesizedExpression(
      factory.createConditionalExpression(goesOn, undefined, call("take"), undefined, never()),
    );
  };

  const checked = (node: Loop): Loop => {
    const ends = factory.createLogicalNot(call("after", run()));
    const check = factory.createIfStatement(ends, factory.createExpressionStatement(never()));
    const body = factory.createBlock([check, node.statement]);
    return factory.updateForOfStatement(node, node.awaitModifier, node.initializer, node.expression, body);
  };

  const withBody = (node: Statement): Statement => {
    if (!ts.isLabeledStatement(node)) return checked(node as Loop);
    return factory.updateLabeledStatement(node, node.label, withBody(node.statement));
  };

  const loop = (node: Statement): Statement => {
    if (!isForAwait(ts, node)) return node;
    const known = factory.createVariableDeclaration(run(), undefined, undefined, call("now"));
    const list = factory.createVariableDeclarationList([known], ts.NodeFlags.Const);
    return factory.createBlock([factory.createVariableStatement(undefined, list), withBody(node)]);
  };

  return { awaited, loop };
}

function isForAwait(ts: Compiler, node: Statement): boolean {
  if (ts.isLabeledStatement(node)) return isForAwait(ts, node.statement);
  return ts.isForOfStatement(node) && node.awaitModifier !== undefined;
}
