import type * as TypeScript from "typescript";
import { type CellNames, holderOf } from "./cellNames";
import type { BoundFile, Compiler } from "./compiler";
import { isDeclaredInside } from "./isDeclaredInside";
import { lastStatement } from "./shareVariables";
import { isRead } from "./sharedUses";
import { type Edit, withEdits } from "./withEdits";

type Node = TypeScript.Node;
type Statement = TypeScript.Statement;

/** A cell that was checked. */
export interface CheckedCode {
  file: BoundFile;
  /** Whether a name is a variable that cells share, of this cell or an earlier one. */
  isShared(name: string): boolean;
  /** Whether it is a member of a constant enumeration, of which TypeScript writes the value. */
  isConstant(node: TypeScript.PropertyAccessExpression | TypeScript.ElementAccessExpression): boolean;
}

/** Comments that only scripts have, or that say something to the engine; lines that do not end in a line feed. */
const UNLIKE = /<!--|-->|^#!|sourceMappingURL|\r(?!\n)|[\u2028\u2029]/;

/**
 * The code of a cell of expressions and variables that is JavaScript but for the variables that cells share: its own text,
 * with edits. It does what the code that TypeScript writes does, and takes a fraction of the time. Undefined for other cells.
 */
export function editedCode(
  ts: Compiler,
  cell: CheckedCode,
  names: CellNames,
): { code: string; map: string } | undefined {
  const source = cell.file as unknown as TypeScript.SourceFile;
  const { text, statements, fileName } = source;
  if (!fileName.endsWith(".ts") || UNLIKE.test(text)) return undefined;
  const { visit, edits, marks, replace } = newVisitor(ts, cell, names);
  const last = lastStatement(ts, statements);

  const variable = ({ modifiers, declarationList: list }: TypeScript.VariableStatement, start: number): boolean => {
    const [{ name, type, initializer, exclamationToken }, ...others] = list.declarations;
    const kind = list.flags & ts.NodeFlags.BlockScoped;
    const isUsing = kind === ts.NodeFlags.Using || kind === ts.NodeFlags.AwaitUsing;
    if (modifiers || isUsing || others.length > 0 || !ts.isIdentifier(name) || !initializer || exclamationToken)
      return false;
    const end = (type ?? name).end;
    if (!cell.isShared(name.text) || takesItsName(ts, initializer) || text.slice(start, end).includes("\n"))
      return false;
    replace(start, end, `${holderOf(name.text, cell.file, names)}.v`);
    return visit(initializer);
  };

  const expression = ({ expression }: TypeScript.ExpressionStatement, isLast: boolean): boolean => {
    if (isLast && isComma(ts, expression)) return false;
    if (isLast) replace(expression.getStart(source), expression.getStart(source), `${names.result}.v = `);
    return visit(expression);
  };

  const isDone = (statement: Statement): boolean => {
    const start = statement.getStart(source);
    marks.push(start, statement.end);
    if (ts.isEmptyStatement(statement)) return true;
    const isFine = ts.isVariableStatement(statement)
      ? variable(statement, start)
      : ts.isExpressionStatement(statement) && expression(statement, statement === last);
    if (isFine && text[statement.end - 1] !== ";") replace(statement.end, statement.end, ";");
    return isFine;
  };

  return statements.every(isDone) ? withEdits(fileName, text, { edits, marks }) : undefined;
}

/** Goes through expressions and notes their edits; false where one of them is not JavaScript, or is more than it says. */
function newVisitor(ts: Compiler, { file, isShared, isConstant }: CheckedCode, names: CellNames) {
  const source = file as unknown as TypeScript.SourceFile;
  const edits: Edit[] = [];
  const marks: number[] = [];
  const plain = plainKinds(ts);
  const replace = (start: number, end: number, text: string) => void edits.push({ start, end, text });
  const insert = (place: number, text: string) => replace(place, place, text);
  const isSharedHere = (name: TypeScript.Identifier) => isShared(name.text) && !isDeclaredInside(ts, name);
  const every = (node: Node) => !ts.forEachChild(node, (child) => !visit(child));

  const identifier = (name: TypeScript.Identifier, start: number): boolean => {
    if (isRead(ts, name) && isSharedHere(name)) replace(start, name.end, `${holderOf(name.text, file, names)}.v`);
    return true;
  };

  const call = (node: TypeScript.CallExpression, start: number): boolean => {
    const { expression, typeArguments } = node;
    if (typeArguments || expression.kind === ts.SyntaxKind.ImportKeyword) return false;
    const callee = ts.skipOuterExpressions(expression);
    const isAlone = ts.isIdentifier(callee) && isSharedHere(callee);
    if (isAlone) insert(start, "(0, ");
    const isFine = visit(expression);
    if (isAlone) insert(expression.end, ")");
    return isFine && node.arguments.every(visit);
  };

  const shorthand = ({ name, objectAssignmentInitializer }: TypeScript.ShorthandPropertyAssignment): boolean => {
    if (isSharedHere(name)) insert(name.end, `: ${holderOf(name.text, file, names)}.v`);
    return objectAssignmentInitializer === undefined;
  };

  function visit(node: Node): boolean {
    const start = node.getStart(source);
    marks.push(start, node.end);
    if (ts.isIdentifier(node)) return identifier(node, start);
    if (ts.isCallExpression(node)) return call(node, start);
    if (ts.isShorthandPropertyAssignment(node)) return shorthand(node);
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
      return !isConstant(node) && every(node);
    if (ts.isNewExpression(node)) return !node.typeArguments && every(node);
    if (ts.isArrowFunction(node)) return isPlainArrow(ts, node) && every(node);
    if (ts.isParameter(node)) return ts.isIdentifier(node.name) && !node.type && !node.questionToken && every(node);
    return plain.has(node.kind) && every(node);
  }

  return { visit, edits, marks, replace };
}

function isPlainArrow(ts: Compiler, { modifiers, typeParameters, type, body }: TypeScript.ArrowFunction): boolean {
  return !modifiers && !typeParameters && !type && !ts.isBlock(body);
}

/** What is the same in JavaScript, whatever is in it. */
function plainKinds({ SyntaxKind: kind }: Compiler): Set<TypeScript.SyntaxKind> {
  const operators = Array.from({ length: kind.LastPunctuation - kind.FirstPunctuation + 1 }, (_, i) => kind.FirstPunctuation + i); // prettier-ignore
  return new Set<TypeScript.SyntaxKind>([
    ...operators,
    ...[kind.InKeyword, kind.InstanceOfKeyword, kind.TrueKeyword, kind.FalseKeyword, kind.NullKeyword],
    ...[kind.NumericLiteral, kind.BigIntLiteral, kind.StringLiteral, kind.RegularExpressionLiteral],
    ...[kind.NoSubstitutionTemplateLiteral, kind.TemplateExpression, kind.TemplateSpan],
    ...[kind.TemplateHead, kind.TemplateMiddle, kind.TemplateTail],
    ...[kind.ArrayLiteralExpression, kind.SpreadElement, kind.OmittedExpression],
    ...[kind.ObjectLiteralExpression, kind.PropertyAssignment, kind.SpreadAssignment, kind.ComputedPropertyName],
    ...[kind.BinaryExpression, kind.PrefixUnaryExpression, kind.PostfixUnaryExpression, kind.ConditionalExpression],
    ...[kind.ParenthesizedExpression, kind.TypeOfExpression, kind.VoidExpression],
  ]);
}

function isComma(ts: Compiler, node: Node): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken;
}

/** Whether a value gets the name of the variable that it is the first value of. */
function takesItsName(ts: Compiler, value: TypeScript.Expression): boolean {
  const inner = ts.skipOuterExpressions(value);
  return ts.isArrowFunction(inner) || ts.isFunctionExpression(inner) || ts.isClassExpression(inner);
}
