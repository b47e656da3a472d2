import ts from "typescript";
import { type Cell, hasTag, type Notebook } from "./notebook";

/** One parameter of a notebook, from the cell tagged `parameters`. */
export interface Parameter {
  name: string;
  /** The type as written (`"number"`), or as read off the default. */
  type: string;
  /** The default, where it is a plain value. */
  value: unknown;
  /** `const` or `let`. */
  keyword: string;
  /** Whether the type is written in the cell, and so is repeated where a value is injected. */
  annotated: boolean;
  shape: Shape;
}

/** What values a parameter takes, as far as can be told without the compiler. */
export type Shape =
  | { kind: "number" | "boolean" | "string" | "anything" }
  | { kind: "literal"; value: unknown }
  | { kind: "union"; of: Shape[] }
  | { kind: "array"; of: Shape };

/** The parameters that a notebook declares, in order: none when no cell is tagged `parameters`. */
export function readParameters(notebook: Notebook): Parameter[] {
  const cell = notebook.cells.find((candidate) => isCode(candidate, "parameters"));
  return cell ? declarations(cell.source) : [];
}

/** The values that the cell tagged `injected-parameters`, left by an earlier run, holds. */
export function readInjected(notebook: Notebook): Record<string, unknown> {
  const cell = notebook.cells.find((candidate) => isCode(candidate, "injected-parameters"));
  return Object.fromEntries((cell ? declarations(cell.source) : []).map(({ name, value }) => [name, value]));
}

/**
 * Splits command line arguments of the form `name=value`. The values stay text: `fitParameters` gives them their type.
 * Throws a RangeError for anything else.
 */
export function parseParameterArguments(args: string[]): Record<string, string> {
  const entries = args.map((arg) => {
    const [, name, value] = /^([A-Za-z_$][\w$]*)=([^]*)$/.exec(arg) ?? [];
    if (name === undefined)
      throw new RangeError(`The parameter "${arg}" is not of the form name=value, as in epochs=3`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * Gives values their declared types: text becomes a number, a boolean or JSON where the parameter is one. Names that
 * are not declared go to `warn` and keep their value, text read as JSON where it is JSON. Throws a RangeError, in one
 * line, for a value that does not fit.
 */
export function fitParameters(
  parameters: Parameter[],
  values: Record<string, unknown>,
  warn: (line: string) => void,
): Record<string, unknown> {
  const names = parameters.map(({ name }) => name);
  const fitted = Object.entries(values).map(([name, value]) => {
    const parameter = parameters.find((candidate) => candidate.name === name);
    if (!parameter) {
      const known = names.length > 0 ? `known are ${names.join(", ")}` : "the notebook has no cell tagged parameters";
      warn(`Unknown parameter ${name}: ${known}`);
    }
    const found = fit(parameter?.shape ?? { kind: "anything" }, value);
    if (found) return [name, found.value];
    throw new RangeError(`The parameter ${name} is ${quoted(value)}; ${wanted(parameter as Parameter)} is wanted`);
  });
  return Object.fromEntries(fitted);
}

/**
 * A copy of the notebook in which the values stand in a cell tagged `injected-parameters`, right after the cell tagged
 * `parameters` and in place of an older one. Without a cell tagged `parameters` it comes before the first code cell.
 */
export function injectParameters(notebook: Notebook, values: Record<string, unknown>): Notebook {
  if (Object.keys(values).length === 0) return notebook;
  const parameters = readParameters(notebook);
  const cells = notebook.cells.filter((cell) => !isCode(cell, "injected-parameters"));
  const declared = cells.findIndex((cell) => isCode(cell, "parameters"));
  const firstCode = cells.findIndex((cell) => cell.cell_type === "code");
  const at = declared >= 0 ? declared + 1 : Math.max(0, firstCode);
  const lines = Object.entries(values).map(([name, value]) => declaration(parameters, name, value));
  const cell: Cell = {
    cell_type: "code",
    id: freeId(cells),
    source: ["// Parameters", ...lines].join("\n"),
    metadata: { tags: ["injected-parameters"] },
    outputs: [],
    execution_count: null,
  };
  return { ...notebook, cells: [...cells.slice(0, at), cell, ...cells.slice(at)] };
}

function isCode(cell: Cell, tag: string): boolean {
  return cell.cell_type === "code" && hasTag(cell, tag);
}

function freeId(cells: Cell[]): string {
  let id = "injected-parameters";
  while (cells.some((cell) => cell.id === id)) id += "-2";
  return id;
}

function declaration(parameters: Parameter[], name: string, value: unknown): string {
  const parameter = parameters.find((candidate) => candidate.name === name);
  const type = parameter?.annotated ? `: ${parameter.type}` : "";
  return `${parameter?.keyword ?? "const"} ${name}${type} = ${JSON.stringify(value)};`;
}

function declarations(source: string): Parameter[] {
  const file = ts.createSourceFile("parameters.ts", source, ts.ScriptTarget.ES2022, true);
  return file.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => {
    const keyword = declarationList.flags & ts.NodeFlags.Const ? "const" : "let";
    return declarationList.declarations
      .filter(({ name }) => ts.isIdentifier(name))
      .map(({ name, type, initializer }) => {
        const value = initializer && plainValue(initializer);
        const shape = type ? shapeOf(type) : shapeOfValue(value);
        return {
          name: name.getText(),
          type: type?.getText() ?? nameOf(shape),
          value,
          keyword,
          annotated: !!type,
          shape,
        };
      });
  });
}

/** The value of a literal, of an array or object of literals, and undefined for any other expression. */
function plainValue(node: ts.Expression): unknown {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node))
    return plainValue(node.expression);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (node.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isPrefixUnaryExpression(node)) {
    const operand = plainValue(node.operand);
    return node.operator === ts.SyntaxKind.MinusToken && typeof operand === "number" ? -operand : undefined;
  }
  if (ts.isArrayLiteralExpression(node)) {
    const items = node.elements.map(plainValue);
    return items.includes(undefined) ? undefined : items;
  }
  if (ts.isObjectLiteralExpression(node)) return plainObject(node);
  return undefined;
}

function plainObject(node: ts.ObjectLiteralExpression): unknown {
  const entries = node.properties.map((property) =>
    ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name)
      ? [property.name.text, plainValue(property.initializer)]
      : ["", undefined],
  );
  return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
}

function shapeOf(type: ts.TypeNode): Shape {
  if (ts.isParenthesizedTypeNode(type)) return shapeOf(type.type);
  if (ts.isTypeOperatorNode(type) && type.operator === ts.SyntaxKind.ReadonlyKeyword) return shapeOf(type.type);
  if (ts.isUnionTypeNode(type)) return { kind: "union", of: type.types.map(shapeOf) };
  if (ts.isArrayTypeNode(type)) return { kind: "array", of: shapeOf(type.elementType) };
  if (ts.isLiteralTypeNode(type)) return { kind: "literal", value: plainValue(type.literal as ts.Expression) };
  if (type.kind === ts.SyntaxKind.NumberKeyword) return { kind: "number" };
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return { kind: "boolean" };
  if (type.kind === ts.SyntaxKind.StringKeyword) return { kind: "string" };
  return { kind: "anything" };
}

function shapeOfValue(value: unknown): Shape {
  if (Array.isArray(value))
    return { kind: "array", of: value.length > 0 ? shapeOfValue(value[0]) : { kind: "anything" } };
  const kind = typeof value;
  return { kind: kind === "number" || kind === "boolean" || kind === "string" ? kind : "anything" };
}

function nameOf(shape: Shape): string {
  if (shape.kind === "array") return `${nameOf(shape.of)}[]`;
  return shape.kind === "anything" ? "JSON" : shape.kind;
}

/** The value as a shape has it, or undefined where it does not fit. */
function fit(shape: Shape, value: unknown): { value: unknown } | undefined {
  switch (shape.kind) {
    case "number": {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      return typeof number === "number" && Number.isFinite(number) ? { value: number } : undefined;
    }
    case "boolean": {
      const truth = value === "true" ? true : value === "false" ? false : value;
      return typeof truth === "boolean" ? { value: truth } : undefined;
    }
    case "string":
      return typeof value === "string" ? { value } : undefined;
    case "literal":
      return value === shape.value || value === String(shape.value) ? { value: shape.value } : undefined;
    case "union":
      return first(shape.of, (option) => fit(option, value));
    case "array":
      return fitArray(shape.of, value);
    case "anything":
      return isPlain(value) ? { value: typeof value === "string" ? parsedOr(value) : value } : undefined;
  }
}

function fitArray(shape: Shape, value: unknown): { value: unknown } | undefined {
  const list = typeof value === "string" ? parsedOr(value) : value;
  if (!Array.isArray(list)) return undefined;
  const strict = list.map((item) =>
    typeof item === "string" && shape.kind !== "string" ? undefined : fit(shape, item),
  );
  const items = shape.kind === "number" || shape.kind === "boolean" ? strict : list.map((item) => fit(shape, item));
  return items.every((item) => item !== undefined) ? { value: items.map((item) => item?.value) } : undefined;
}

function first<T, R>(list: T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isPlain(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function quoted(value: unknown): string {
  return isPlain(value) && typeof value !== "number" ? JSON.stringify(value) : String(value);
}

function wanted({ shape, type }: Parameter): string {
  const simple: Record<string, string> = { number: "a number", boolean: "true or false", string: "text" };
  return simple[shape.kind] ?? `a value of the type ${type}`;
}
