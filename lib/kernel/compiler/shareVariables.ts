import type * as TypeScript from "typescript";
import { bindingTarget } from "./bindingTarget";
import type { BoundFile, Compiler } from "./compiler";
import { importsOf } from "./cellImports";
import { isDeclaredInside } from "./isDeclaredInside";

type Node = TypeScript.Node;
type Expression = TypeScript.Expression;
type Statement = TypeScript.Statement;

/** Names in a cell's compiled code for what the kernel hands in. */
export interface CellNames {
  /** The shared variables that the cell uses or declares: what holds each of them, by its name. */
  holders: Map<string, string>;
  /** Holds the value of the last expression. */
  result: string;
  /** The context's helpers. */
  helpers: string;
  /** What the names of modules begin with. */
  module: string;
}

/** What of the cell is known before it is compiled. */
export interface Sharing {
  file: BoundFile;
  /** Whether a name is a variable that cells share, of this cell or an earlier one. */
  isShared(name: string): boolean;
  /** Whether an import is of a value, not only of a type. */
  isValue(name: TypeScript.Identifier): boolean;
}

/** Names that do not occur in the cell. */
export function cellNames({ identifiers }: BoundFile): CellNames {
  const known = [...identifiers.keys()];
  const unused = (name: string): string => (known.some((one) => one.startsWith(name)) ? unused(`${name}$`) : name);
  return { holders: new Map(), result: unused("$result"), helpers: unused("$cell"), module: unused("$module") };
}

/**
 * Makes each variable of a cell the property `v` of an object that all cells share: `n += 1` becomes `n$.v += 1`. So a
 * function sees what later cells assign or declare anew, and a cell runs as a function, at full speed. Imports become
 * calls of `require`. `names` gets the holders that the code uses.
 */
export function sharedVariables(
  ts: Compiler,
  sharing: Sharing,
  names: CellNames,
): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  const { factory } = ts;
  const { file, isShared } = sharing;

  const holder = (name: string): TypeScript.Identifier => {
    let found = names.holders.get(name);
    if (found === undefined) {
      found = `${name}$`;
      while (file.identifiers.has(found)) found += "$";
      names.holders.set(name, found);
    }
    return factory.createIdentifier(found);
  };
  const shared = (name: TypeScript.Identifier): Expression =>
    ts.setOriginalNode(ts.setTextRange(factory.createPropertyAccessExpression(holder(name.text), "v"), name), name);
  const read = (name: TypeScript.Identifier): Expression => (isShared(name.text) ? shared(name) : name);
  let modules = 0;
  const newModule = () => factory.createIdentifier(`${names.module}${modules++}`);
  const isSharedHere = (name: TypeScript.Identifier) => isShared(name.text) && !isDeclaredInside(ts, name);

  return (context) => {
    const visitEach = <T extends Node>(node: T): T => ts.visitEachChild(node, visit, context);
    const visited = (node: Expression): Expression => ts.visitNode(node, visit, ts.isExpression) as Expression;
    let depth = 0;

    const target = bindingTarget(ts, { shared, visited });

    const assigned = (
      { name, initializer }: TypeScript.VariableDeclaration,
      isVar: boolean,
    ): Expression | undefined => {
      if (!initializer && isVar) return undefined;
      const value = initializer ? target.named(visited(initializer), name) : factory.createVoidZero();
      return factory.createAssignment(target.of(name), value);
    };

    const assignments = (list: TypeScript.VariableDeclarationList): Expression[] => {
      const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
      return list.declarations.flatMap((one) => {
        const made = assigned(one, isVar);
        return made ? [ts.setOriginalNode(ts.setTextRange(made, one), one)] : [];
      });
    };

    /** A `var` outside of functions, however deep: all cells see it. */
    const isSharedVar = (node: Node | undefined): node is TypeScript.VariableDeclarationList =>
      node !== undefined &&
      ts.isVariableDeclarationList(node) &&
      depth === 0 &&
      (node.flags & ts.NodeFlags.BlockScoped) === 0;

    const inside = <T extends Node>(node: T): T => {
      depth++;
      try {
        return visitEach(node);
      } finally {
        depth--;
      }
    };

    const visitCall = (node: TypeScript.CallExpression): Node => {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword)
        return factory.createCallExpression(member(names.helpers, "load"), undefined, node.arguments.map(visited));
      const call = visitEach(node);
      if (!ts.isIdentifier(node.expression) || call.expression === node.expression) return call;
      const alone = factory.createComma(factory.createNumericLiteral(0), call.expression);
      const callee = factory.createParenthesizedExpression(alone); // no `this` comes of how the variable is kept
      ts.setTextRange(callee, node.expression);
      return ts.isCallChain(call)
        ? factory.updateCallChain(call, callee, call.questionDotToken, call.typeArguments, call.arguments)
        : factory.updateCallExpression(call, callee, call.typeArguments, call.arguments);
    };

    const member = (object: string, name: string) =>
      factory.createPropertyAccessExpression(factory.createIdentifier(object), name);

    const visitShorthand = (node: TypeScript.ShorthandPropertyAssignment): Node => {
      if (!isSharedHere(node.name)) return visitEach(node);
      const { name, objectAssignmentInitializer: otherwise } = node;
      const value = otherwise ? factory.createAssignment(shared(name), visited(otherwise)) : shared(name);
      return ts.setTextRange(factory.createPropertyAssignment(name.text, value), node);
    };

    function visit(node: Node): TypeScript.VisitResult<Node | undefined> {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
      if (ts.isIdentifier(node)) return isRead(ts, node) && isSharedHere(node) ? shared(node) : node;
      if (ts.isShorthandPropertyAssignment(node)) return visitShorthand(node);
      if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
        return member(names.helpers, "meta");
      if (ts.isCallExpression(node)) return visitCall(node);
      if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag)) {
        const tagged = visitEach(node);
        if (tagged.tag === node.tag) return tagged;
        const tag = factory.createParenthesizedExpression(
          factory.createComma(factory.createNumericLiteral(0), tagged.tag),
        );
        return factory.updateTaggedTemplateExpression(tagged, tag, tagged.typeArguments, tagged.template);
      }
      if (ts.isVariableStatement(node) && isSharedVar(node.declarationList)) return statementsOf(node);
      if (ts.isForStatement(node) && isSharedVar(node.initializer)) {
        const made = assignments(node.initializer);
        const { condition, incrementor, statement } = visitEach(
          factory.updateForStatement(node, undefined, node.condition, node.incrementor, node.statement),
        );
        const first = made.length > 0 ? made.reduce((a, b) => factory.createComma(a, b)) : undefined;
        return factory.updateForStatement(node, first, condition, incrementor, statement);
      }
      if (ts.isForOfStatement(node) && isSharedVar(node.initializer)) {
        const each = target.of(node.initializer.declarations[0].name);
        return factory.updateForOfStatement(
          node,
          node.awaitModifier,
          each,
          visited(node.expression),
          body(node.statement),
        );
      }
      if (ts.isForInStatement(node) && isSharedVar(node.initializer)) {
        const each = target.of(node.initializer.declarations[0].name);
        return factory.updateForInStatement(node, each, visited(node.expression), body(node.statement));
      }
      if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node) || ts.isModuleDeclaration(node))
        return inside(node);
      return visitEach(node);
    }

    const body = (node: Statement) => ts.visitNode(node, visit, ts.isStatement) as Statement;

    const statementsOf = (node: TypeScript.VariableStatement): Statement[] =>
      assignments(node.declarationList).map((made) => at(factory.createExpressionStatement(made), made));

    const at = <T extends Node>(node: T, place: Node): T => ts.setTextRange(node, place);

    const share = (name: TypeScript.Identifier): Statement => {
      const value = factory.createAssignment(
        factory.createPropertyAccessExpression(holder(name.text), "v"),
        factory.createIdentifier(name.text),
      );
      return factory.createExpressionStatement(value);
    };

    const keepResult = (expression: Expression, place: Node): Statement => {
      const value = factory.createAssignment(member(names.result, "v"), visited(expression));
      return at(factory.createExpressionStatement(at(value, place)), place);
    };

    const imported = importsOf(ts, { ...sharing, holder, helpers: names.helpers, read, newModule });

    const topLevel = (node: Statement, isLast: boolean): Statement[] => {
      if (ts.isImportEqualsDeclaration(node)) return imported(node);
      if (ts.isExpressionStatement(node) && isLast) return [keepResult(node.expression, node)];
      if (ts.isExportAssignment(node)) return [keepResult(node.expression, node)];
      if (ts.isVariableStatement(node)) return topLevelVariables(node);
      if (ts.isFunctionDeclaration(node)) return node.body ? [plain(visit(node) as typeof node)] : [];
      if (ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node)) {
        const kept = plain(visit(node) as typeof node);
        const { name } = node;
        return name && ts.isIdentifier(name) && isShared(name.text) && !isAmbient(ts, node)
          ? [kept, share(name)]
          : [kept];
      }
      const made = ts.visitNode(node, visit) as Statement | Statement[] | undefined;
      return made === undefined ? [] : [made].flat();
    };

    const topLevelVariables = (node: TypeScript.VariableStatement): Statement[] => {
      if (isAmbient(ts, node)) return [];
      const kind = node.declarationList.flags & ts.NodeFlags.BlockScoped;
      const isUsing = kind === ts.NodeFlags.Using || kind === ts.NodeFlags.AwaitUsing;
      return isUsing ? [plain(visitEach(node))] : statementsOf(node);
    };

    /** The same declaration, no longer exported. */
    const plain = <T extends Statement>(node: T): T => {
      const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
      const kept = modifiers?.filter(
        ({ kind }) => kind !== ts.SyntaxKind.ExportKeyword && kind !== ts.SyntaxKind.DefaultKeyword,
      );
      if (!modifiers || kept?.length === modifiers.length) return node;
      const decorators = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
      return factory.replaceModifiers(node as never, [...decorators, ...(kept ?? [])] as never) as T;
    };

    return (source) => {
      const { statements } = source;
      const last = lastExpression(ts, statements);
      const isImport = (node: Statement) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
      const imports = statements.filter(isImport).flatMap(imported);
      const hoisted = statements.flatMap((node) =>
        ts.isFunctionDeclaration(node) && node.body && node.name && isShared(node.name.text) ? [share(node.name)] : [],
      );
      const rest = statements.flatMap((node) => (isImport(node) ? [] : topLevel(node, node === last)));
      return factory.updateSourceFile(source, [...hoisted, ...imports, ...rest]);
    };
  };
}

function isAmbient(ts: Compiler, node: Statement): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)
  );
}

/** Whether a name stands for its variable, and not for a property, or for an element of a page. */
function isRead(ts: Compiler, name: TypeScript.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === name;
  if (ts.isMetaProperty(parent)) return false;
  const isTag = ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent);
  return isTag ? /^[^a-z]/.test(name.text) : ts.isExpressionNode(name);
}

/** The expression that a cell ends with. */
function lastExpression(ts: Compiler, statements: readonly Statement[]): Statement | undefined {
  const isEmpty = (node: Statement) =>
    node.kind === ts.SyntaxKind.EmptyStatement || (ts.isExportDeclaration(node) && !node.moduleSpecifier);
  for (let at = statements.length - 1; at >= 0; at--) if (!isEmpty(statements[at])) return statements[at];
  return undefined;
}
