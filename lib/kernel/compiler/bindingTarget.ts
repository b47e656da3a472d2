import type * as TypeScript from "typescript";
import type { Compiler } from "./compiler";

type Expression = TypeScript.Expression;

/** How names and values in a pattern become expressions. */
export interface Parts {
  shared(name: TypeScript.Identifier): Expression;
  visited(node: Expression): Expression;
}

/** Turns what is declared into what is assigned to: `const { a, ...rest } = o` assigns to the pattern `{ a: a$.v, ...rest$.v }`. */
export function bindingTarget(ts: Compiler, { shared, visited }: Parts) {
  const { factory } = ts;

  const of = (name: TypeScript.BindingName): Expression => {
    if (ts.isIdentifier(name)) return shared(name);
    const pattern = ts.isArrayBindingPattern(name)
      ? factory.createArrayLiteralExpression(name.elements.map(arrayElement))
      : factory.createObjectLiteralExpression(name.elements.map(property));
    return ts.setTextRange(pattern, name);
  };

  const arrayElement = (element: TypeScript.ArrayBindingElement): Expression => {
    if (ts.isOmittedExpression(element)) return element;
    return element.dotDotDotToken ? factory.createSpreadElement(of(element.name)) : withDefault(element);
  };

  const property = (element: TypeScript.BindingElement): TypeScript.ObjectLiteralElementLike => {
    if (element.dotDotDotToken) return factory.createSpreadAssignment(of(element.name));
    return factory.createPropertyAssignment(keyOf(element), withDefault(element));
  };

  const keyOf = ({ propertyName, name }: TypeScript.BindingElement): TypeScript.PropertyName => {
    if (!propertyName) return factory.createIdentifier((name as TypeScript.Identifier).text);
    if (!ts.isComputedPropertyName(propertyName)) return propertyName;
    return factory.updateComputedPropertyName(propertyName, visited(propertyName.expression));
  };

  const withDefault = ({ name, initializer }: TypeScript.BindingElement): Expression =>
    initializer ? factory.createAssignment(of(name), named(visited(initializer), name)) : of(name);

  /** A function or class without a name of its own gets its variable's, as it does in a declaration. */
  const named = (value: Expression, name: TypeScript.BindingName): Expression => {
    if (!ts.isIdentifier(name) || name.text === "__proto__" || !isNameless(value)) return value;
    const object = factory.createObjectLiteralExpression([factory.createPropertyAssignment(name.text, value)]);
    return factory.createPropertyAccessExpression(factory.createParenthesizedExpression(object), name.text);
  };

  const isNameless = (value: Expression): boolean => {
    if (ts.isParenthesizedExpression(value)) return isNameless(value.expression);
    if (ts.isArrowFunction(value)) return true;
    return (ts.isFunctionExpression(value) || ts.isClassExpression(value)) && value.name === undefined;
  };

  return { of, named };
}
