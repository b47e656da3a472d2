import type * as TypeScript from "typescript";
import { importsOf } from "./cellImports";
import { type CellNames, nameFactory } from "./cellNames";
import type { Compiler } from "./compiler";
import { asStatement, type Sharing, useVisitor } from "./sharedUses";

type Statement = TypeScript.Statement;

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
  const { isShared } = sharing;
  const make = nameFactory(ts, sharing.file, names);
  const read = (name: TypeScript.Identifier) => (isShared(name.text) ? make.shared(name) : name);
  const imported = importsOf(ts, { ...sharing, ...make, helpers: names.helpers, read });

  return (context) => {
    const { visit, visitEach, visited, assignments } = useVisitor({ ts, sharing, names, make, context });

    const share = ({ text }: TypeScript.Identifier): Statement =>
      factory.createExpressionStatement(
        factory.createAssignment(
          factory.createPropertyAccessExpression(make.holder(text), "v"),
          factory.createIdentifier(text),
        ),
      );

    const keepResult = (expression: TypeScript.Expression): Statement => {
      const value = factory.createAssignment(make.member(names.result, "v"), visited(expression));
      return asStatement(ts, ts.setTextRange(value, expression));
    };

    /** What `export default` is followed by, where that has no name. */
    const nameless = (node: Statement): TypeScript.Expression | undefined => {
      if (ts.isExportAssignment(node)) return node.expression;
      if (ts.isFunctionDeclaration(node) && !node.name && node.body) {
        const modifiers = ts.getModifiers(node)?.filter(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
        const { asteriskToken, parameters, body } = node;
        const made = factory.createFunctionExpression(modifiers, asteriskToken, undefined, undefined, parameters, undefined, body); // prettier-ignore
        return ts.setTextRange(made, node);
      }
      if (!ts.isClassDeclaration(node) || node.name) return undefined;
      const made = factory.createClassExpression(ts.getDecorators(node), undefined, undefined, node.heritageClauses, node.members); // prettier-ignore
      return ts.setTextRange(made, node);
    };

    const topLevel = (node: Statement, isLast: boolean): Statement[] => {
      if (ts.isImportEqualsDeclaration(node)) return imported(node);
      const value = isLast && ts.isExpressionStatement(node) ? node.expression : nameless(node);
      if (value) return [keepResult(value)];
      if (ts.isVariableStatement(node)) return variables(node);
      if (ts.isFunctionDeclaration(node)) return node.body ? [plain(visit(node) as typeof node)] : [];
      if (ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node)) {
        const { name } = node;
        const isVariable = name && ts.isIdentifier(name) && isShared(name.text) && !isAmbient(ts, node);
        return [plain(visit(node) as typeof node), ...(isVariable ? [share(name)] : [])];
      }
      const made = ts.visitNode(node, visit) as Statement | Statement[] | undefined;
      return made === undefined ? [] : [made].flat();
    };

    const variables = (node: TypeScript.VariableStatement): Statement[] => {
      if (isAmbient(ts, node)) return [];
      const kind = node.declarationList.flags & ts.NodeFlags.BlockScoped;
      const isUsing = kind === ts.NodeFlags.Using || kind === ts.NodeFlags.AwaitUsing;
      if (isUsing) return [plain(visitEach(node))];
      return assignments(node.declarationList).map((made) => asStatement(ts, made));
    };

    /** The same declaration, no longer exported. */
    const plain = <T extends Statement>(node: T): T => {
      const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
      const exports = [ts.SyntaxKind.ExportKeyword, ts.SyntaxKind.DefaultKeyword];
      const kept = modifiers?.filter(({ kind }) => !exports.includes(kind as TypeScript.SyntaxKind.ExportKeyword));
      if (!modifiers || kept?.length === modifiers.length) return node;
      const decorators = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
      return factory.replaceModifiers(node as never, [...decorators, ...(kept ?? [])] as never) as T;
    };

    return (source) => {
      const { statements } = source;
      const last = lastStatement(ts, statements);
      const isImport = (node: Statement) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
      const hoisted = statements.flatMap((node) =>
        ts.isFunctionDeclaration(node) && node.body && node.name && isShared(node.name.text) ? [share(node.name)] : [],
      );
      const imports = statements.filter(isImport).flatMap(imported);
      const rest = statements.flatMap((node) => (isImport(node) ? [] : topLevel(node, node === last)));
      return factory.updateSourceFile(source, [...hoisted, ...imports, ...rest]);
    };
  };
}

function isAmbient(ts: Compiler, node: Statement): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

/** The statement that a cell ends with: its value is shown where it is an expression. */
export function lastStatement(ts: Compiler, statements: readonly Statement[]): Statement | undefined {
  const isEmpty = (node: Statement) =>
    node.kind === ts.SyntaxKind.EmptyStatement || (ts.isExportDeclaration(node) && !node.moduleSpecifier);
  return [...statements].reverse().find((node) => !isEmpty(node));
}
