import type * as TypeScript from "typescript";
import type { Compiler } from "./compiler";

type Statement = TypeScript.Statement;
type Expression = TypeScript.Expression;
type Identifier = TypeScript.Identifier;

/** What becomes of imports needs. */
export interface Importing {
  holder(name: string): Identifier;
  helpers: string;
  isValue(name: Identifier): boolean;
  /** A name where its value is read. */
  read(name: Identifier): Expression;
  /** A name that does not occur in the cell, for a module. */
  newModule(): Identifier;
}

/**
 * Turns imports into calls of `require`. What is imported is bound, not copied: a variable that its module changes is seen to
 * change. Imports of types alone vanish.
 */
export function importsOf(ts: Compiler, importing: Importing): (node: Statement) => Statement[] {
  const { factory } = ts;
  const { holder, helpers, isValue, read, newModule } = importing;

  const helper = (name: string, ...args: Expression[]) =>
    factory.createCallExpression(
      factory.createPropertyAccessExpression(factory.createIdentifier(helpers), name),
      undefined,
      args,
    );
  const required = (module: Expression) =>
    factory.createCallExpression(factory.createIdentifier("require"), undefined, [module]);
  const at = (expression: Expression, place: Statement) =>
    ts.setTextRange(factory.createExpressionStatement(ts.setTextRange(expression, place)), place);
  const constant = (name: Identifier, value: Expression, place: Statement): Statement => {
    const declaration = ts.setTextRange(factory.createVariableDeclaration(name, undefined, undefined, value), place);
    const list = factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const);
    return ts.setTextRange(factory.createVariableStatement(undefined, list), place);
  };
  const bound = (name: Identifier, value: Expression) =>
    factory.createExpressionStatement(
      helper(
        "bind",
        holder(name.text),
        factory.createArrowFunction(undefined, undefined, [], undefined, undefined, value),
      ),
    );
  const set = (name: Identifier, value: Expression) =>
    factory.createExpressionStatement(
      factory.createAssignment(factory.createPropertyAccessExpression(holder(name.text), "v"), value),
    );
  const memberOf = (object: Identifier, name: TypeScript.ModuleExportName): Expression =>
    ts.isIdentifier(name)
      ? factory.createPropertyAccessExpression(object, name.text)
      : factory.createElementAccessExpression(object, factory.createStringLiteral(name.text));

  const fromModule = (node: TypeScript.ImportDeclaration): Statement[] => {
    const { importClause: clause, moduleSpecifier } = node;
    if (!clause) return [at(required(moduleSpecifier), node)];
    if (clause.isTypeOnly) return [];
    const { name, namedBindings } = clause;
    const elements = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
    const values = elements.filter((element) => !element.isTypeOnly && isValue(element.name));
    const whole = namedBindings && ts.isNamespaceImport(namedBindings) ? namedBindings.name : undefined;
    const isDefault = ({ propertyName, name: own }: TypeScript.ImportSpecifier) =>
      (propertyName ?? own).text === "default";
    const defaults = [...(name && isValue(name) ? [name] : []), ...values.filter(isDefault).map((one) => one.name)];
    const isAsked = values.length > 0 || defaults.length > 0 || whole !== undefined;
    if (!isAsked && (name !== undefined || elements.length > 0)) return [];
    if (!isAsked) return [at(required(moduleSpecifier), node)];
    const module = newModule();
    const made: Statement[] = [constant(module, required(moduleSpecifier), node)];
    for (const own of defaults) {
      const wrapped = newModule();
      made.push(constant(wrapped, helper("withDefault", module), node));
      made.push(bound(own, factory.createPropertyAccessExpression(wrapped, "default")));
    }
    for (const one of values)
      if (!isDefault(one)) made.push(bound(one.name, memberOf(module, one.propertyName ?? one.name)));
    if (whole) made.push(set(whole, helper("asNamespace", module)));
    return made;
  };

  return (node) => {
    if (ts.isImportDeclaration(node)) return fromModule(node);
    if (ts.isImportEqualsDeclaration(node)) {
      const { name, moduleReference, isTypeOnly } = node;
      if (isTypeOnly || !isValue(name)) return [];
      const value = ts.isExternalModuleReference(moduleReference)
        ? required(moduleReference.expression)
        : entity(ts, moduleReference, read);
      return [set(name, value)];
    }
    const { moduleSpecifier, isTypeOnly } = node as TypeScript.ExportDeclaration;
    return moduleSpecifier && !isTypeOnly ? [at(required(moduleSpecifier), node)] : [];
  };
}

/** `A.B.C` as an expression. */
function entity(ts: Compiler, name: TypeScript.EntityName, read: Importing["read"]): Expression {
  if (ts.isIdentifier(name)) return read(name);
  return ts.factory.createPropertyAccessExpression(entity(ts, name.left, read), name.right.text);
}
