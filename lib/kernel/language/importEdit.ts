import type * as TypeScript from "typescript";
import type { BoundFile } from "../compiler/compiler";
import type { ExportedName } from "./exportedNames";

/** Text to insert at an offset of a cell. */
export interface Insertion {
  offset: number;
  text: string;
}

/**
 * How a cell comes to import a name: beside the names that it imports from the module already, or in a line of its own behind
 * its imports. Comments that begin the cell, as `// @profile`, stay in front.
 */
export function importEdit(
  ts: typeof TypeScript,
  file: BoundFile,
  { name, module }: Omit<ExportedName, "kind">,
): Insertion {
  const { statements, text } = file;
  const imports = statements.filter(ts.isImportDeclaration);
  const beside = imports.map((one) => besideIn(ts, one, { name, module })).find((one) => one !== undefined);
  if (beside) return beside;
  const line = `import { ${name} } from ${JSON.stringify(module)};`;
  const last = imports[imports.length - 1];
  if (last) return { offset: last.end, text: `\n${line}` };
  const [comments] = /^(?:[ \t]*\/\/.*(?:\n|$))*/.exec(text)!;
  const before = comments === "" || comments.endsWith("\n") ? "" : "\n";
  return { offset: comments.length, text: `${before}${line}\n` };
}

function besideIn(
  ts: typeof TypeScript,
  { importClause, moduleSpecifier }: TypeScript.ImportDeclaration,
  { name, module }: Omit<ExportedName, "kind">,
): Insertion | undefined {
  if ((moduleSpecifier as TypeScript.StringLiteral).text !== module || !importClause) return undefined;
  if (importClause.phaseModifier !== undefined) return undefined; // of types alone
  const { namedBindings: bindings } = importClause;
  if (!bindings) return { offset: importClause.end, text: `, { ${name} }` };
  if (!ts.isNamedImports(bindings)) return undefined;
  const { elements } = bindings;
  const last = elements[elements.length - 1];
  return last ? { offset: last.end, text: `, ${name}` } : { offset: bindings.end - 1, text: ` ${name} ` };
}
