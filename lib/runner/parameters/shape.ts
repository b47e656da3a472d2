import ts from "typescript";
import { isRecord } from "../notebook";
import { plainValue } from "./plainValue";

/** What values a parameter takes, as far as its declaration says without the compiler. */
export type Shape =
  | { kind: "number" | "boolean" | "string" | "anything" }
  /** A type with a name, or one that is computed: the compiler has to say. */
  | { kind: "unresolved" }
  | { kind: "literal"; value: unknown }
  | { kind: "union"; of: Shape[] }
  | { kind: "array" | "record"; of: Shape }
  | { kind: "tuple"; of: Field[]; rest?: Shape }
  | { kind: "object"; fields: Record<string, Field> };

/** A place in a tuple or an object. */
interface Field {
  shape: Shape;
  optional: boolean;
}

/** The shape of a type as it is written. */
export function shapeOfType(type: ts.TypeNode): Shape {
  if (ts.isParenthesizedTypeNode(type)) return shapeOfType(type.type);
  if (ts.isTypeOperatorNode(type) && type.operator === ts.SyntaxKind.ReadonlyKeyword) return shapeOfType(type.type);
  if (ts.isUnionTypeNode(type)) return { kind: "union", of: type.types.map(shapeOfType) };
  if (ts.isArrayTypeNode(type)) return { kind: "array", of: shapeOfType(type.elementType) };
  if (ts.isTupleTypeNode(type)) return shapeOfTuple(type);
  if (ts.isTypeLiteralNode(type)) return shapeOfMembers(type.members);
  if (ts.isTypeReferenceNode(type)) return shapeOfReference(type);
  if (ts.isLiteralTypeNode(type)) return { kind: "literal", value: plainValue(type.literal as ts.Expression) };
  return SIMPLE[type.kind] ?? { kind: "unresolved" };
}

const SIMPLE: Partial<Record<ts.SyntaxKind, Shape>> = {
  [ts.SyntaxKind.NumberKeyword]: { kind: "number" },
  [ts.SyntaxKind.BooleanKeyword]: { kind: "boolean" },
  [ts.SyntaxKind.StringKeyword]: { kind: "string" },
  [ts.SyntaxKind.UndefinedKeyword]: { kind: "literal", value: undefined },
  [ts.SyntaxKind.AnyKeyword]: { kind: "anything" },
  [ts.SyntaxKind.UnknownKeyword]: { kind: "anything" },
};

/** The shape of a default without a written type: its kind; of a list the kind of the first item. */
export function shapeOfValue(value: unknown): Shape {
  if (Array.isArray(value))
    return { kind: "array", of: value.length > 0 ? shapeOfValue(value[0]) : { kind: "anything" } };
  const kind = typeof value;
  return { kind: kind === "number" || kind === "boolean" || kind === "string" ? kind : "anything" };
}

/** A shape in TypeScript's words. */
export function shapeName(shape: Shape): string {
  if (shape.kind === "array") return `${shapeName(shape.of)}[]`;
  return shape.kind === "anything" ? "JSON" : shape.kind;
}

/** Whether only the compiler can tell if a value fits. */
export function isUnresolved(shape: Shape): boolean {
  switch (shape.kind) {
    case "unresolved":
      return true;
    case "union":
      return shape.of.some(isUnresolved);
    case "array":
    case "record":
      return isUnresolved(shape.of);
    case "tuple":
      return shape.of.some((field) => isUnresolved(field.shape)) || (!!shape.rest && isUnresolved(shape.rest));
    case "object":
      return Object.values(shape.fields).some((field) => isUnresolved(field.shape));
    default:
      return false;
  }
}

/** Whether a JSON value has a shape. What is unresolved takes any value here. */
export function hasShape(value: unknown, shape: Shape): boolean {
  switch (shape.kind) {
    case "number":
    case "boolean":
    case "string":
      return typeof value === shape.kind;
    case "literal":
      return value === shape.value;
    case "union":
      return shape.of.some((option) => hasShape(value, option));
    case "array":
      return Array.isArray(value) && value.every((item) => hasShape(item, shape.of));
    case "record":
      return isRecord(value) && Object.values(value).every((item) => hasShape(item, shape.of));
    case "tuple":
      return isTuple(value, shape);
    case "object":
      return isRecord(value) && hasFields(value, shape.fields);
    default:
      return true;
  }
}

function isTuple(value: unknown, { of, rest }: Extract<Shape, { kind: "tuple" }>): boolean {
  if (!Array.isArray(value) || value.length < of.filter(({ optional }) => !optional).length) return false;
  return value.every((item, index) => {
    const shape = of[index]?.shape ?? rest;
    return shape !== undefined && hasShape(item, shape);
  });
}

function hasFields(value: Record<string, unknown>, fields: Record<string, Field>): boolean {
  const known = Object.keys(value).every((name) => Object.hasOwn(fields, name));
  const fit = ([name, { shape, optional }]: [string, Field]) =>
    Object.hasOwn(value, name) ? hasShape(value[name], shape) : optional;
  return known && Object.entries(fields).every(fit);
}

function shapeOfTuple({ elements }: ts.TupleTypeNode): Shape {
  const of: Field[] = [];
  for (const element of elements) {
    const type = ts.isNamedTupleMember(element) ? element.type : element;
    if (ts.isRestTypeNode(type) || (ts.isNamedTupleMember(element) && element.dotDotDotToken)) {
      const list = shapeOfType(ts.isRestTypeNode(type) ? type.type : type);
      const isLast = element === elements[elements.length - 1];
      return list.kind === "array" && isLast ? { kind: "tuple", of, rest: list.of } : { kind: "unresolved" };
    }
    const optional = ts.isOptionalTypeNode(type) || (ts.isNamedTupleMember(element) && !!element.questionToken);
    of.push({ shape: shapeOfType(ts.isOptionalTypeNode(type) ? type.type : type), optional });
  }
  return { kind: "tuple", of };
}

function shapeOfMembers(members: ts.NodeArray<ts.TypeElement>): Shape {
  const fields: Record<string, Field> = {};
  for (const member of members) {
    if (!ts.isPropertySignature(member) || !member.type || ts.isComputedPropertyName(member.name))
      return { kind: "unresolved" };
    fields[member.name.text] = { shape: shapeOfType(member.type), optional: !!member.questionToken };
  }
  return { kind: "object", fields };
}

/** The names that everybody uses; any other is the compiler's. */
function shapeOfReference({
  typeName,
  typeArguments = [] as unknown as ts.NodeArray<ts.TypeNode>,
}: ts.TypeReferenceNode): Shape {
  const name = typeName.getText();
  const [first, second] = typeArguments;
  if ((name === "Array" || name === "ReadonlyArray") && first) return { kind: "array", of: shapeOfType(first) };
  if (name === "Record" && second && first.kind === ts.SyntaxKind.StringKeyword)
    return { kind: "record", of: shapeOfType(second) };
  if ((name === "Readonly" || name === "const") && first) return shapeOfType(first);
  return { kind: "unresolved" };
}
