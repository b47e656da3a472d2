import ts from "typescript";
import { hasTag, type Notebook } from "../notebook";
import { plainValue } from "./plainValue";
import { type Shape, shapeName, shapeOfType, shapeOfValue } from "./shape";
import { type StatedRange, statedRange } from "./statedRange";

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
  /** Between which numbers it is to lie, where the comment behind it says so. */
  range?: StatedRange;
}

/** The parameters that a notebook declares, in order: none when no cell is tagged `parameters`. */
export function readParameters(notebook: Notebook): Parameter[] {
  return declaredIn(notebook, "parameters");
}

/** The values that the cell tagged `injected-parameters`, left by an earlier run, holds. */
export function readInjected(notebook: Notebook): Record<string, unknown> {
  return Object.fromEntries(declaredIn(notebook, "injected-parameters").map(({ name, value }) => [name, value]));
}

function declaredIn({ cells }: Notebook, tag: string): Parameter[] {
  const cell = cells.find((candidate) => candidate.cell_type === "code" && hasTag(candidate, tag));
  if (!cell) return [];
  const file = ts.createSourceFile("parameters.ts", cell.source, ts.ScriptTarget.ES2022, true);
  return file.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    const { declarationList } = statement;
    const keyword = declarationList.flags & ts.NodeFlags.Const ? "const" : "let";
    const named = declarationList.declarations.filter(({ name }) => ts.isIdentifier(name));
    const comment = commentBehind(cell.source, statement.end);
    return named.map((declaration) => {
      const parameter = described(declaration);
      const range = statedRange(comment, parameter.value);
      return { keyword, ...parameter, ...(range && { range }) };
    });
  });
}

function commentBehind(source: string, end: number): string {
  const comments = ts.getTrailingCommentRanges(source, end) ?? [];
  return comments.map(({ pos, end: last }) => source.slice(pos, last).replace(/^\/[/*]|\*\/$/g, "")).join(" ");
}

function described({ name, type, initializer }: ts.VariableDeclaration): Omit<Parameter, "keyword"> {
  const value = initializer && plainValue(initializer);
  const shape = type ? shapeOfType(type) : shapeOfValue(value);
  return { name: name.getText(), type: type?.getText() ?? shapeName(shape), value, annotated: !!type, shape };
}
