import ts from "typescript";
import { hasTag, isExecuted, type Notebook } from "./notebook";

/** A line of a code cell; both count from 1, and only cells that are run count. */
export interface Place {
  cell: number;
  line: number;
}

/** What is wrong at a place. */
export interface Mistake extends Place {
  /** Counts from 1. */
  column: number;
  /** How many columns of the line it is about. */
  width: number;
  /** TypeScript's number for it. */
  code?: number;
  message: string;
}

/** The code cells of a notebook as one module. */
export interface JoinedCells {
  text: string;
  /** For each line of the text, the line of the cell it came from. */
  places: (Place | undefined)[];
  /** Cells that cannot be parsed; the text is then of no use. */
  syntaxErrors: Mistake[];
  /** The numbers of the cells tagged `raises-exception`, whose mistakes are meant. */
  mayFail: Set<number>;
}

/**
 * Joins the code cells of a notebook into a module that has the meaning they have in the kernel. Each cell is a
 * function inside the one before: it sees all earlier declarations, may make them anew, and knows of a variable no
 * more than its type. Imports go to the top, each name once.
 */
export function joinCells(notebook: Notebook): JoinedCells {
  const cells = notebook.cells.filter(isExecuted);
  const mayFail = new Set(cells.flatMap((cell, index) => (hasTag(cell, "raises-exception") ? [index + 1] : [])));
  const errors = cells.map(({ source }, index) => syntaxErrorsOf(source, index + 1));
  const parsed = cells.map(({ source }, index) => {
    const text = mayFail.has(index + 1) && errors[index].length > 0 ? "" : source;
    return ts.createSourceFile("cell.ts", text, ts.ScriptTarget.ES2022, true);
  });
  const lines: [string, Place?][] = [];
  const imported = new Set<string>();
  parsed.forEach((file, index) => lines.push(...importLines(file, index + 1, imported)));
  lines.push(["export {};"]);
  parsed.forEach((file, index) => {
    lines.push([`${index === 0 ? "export " : ""}async function cell${index + 1}() {`]);
    const body = withoutImports(file).split("\n");
    lines.push(...body.map((text, line): [string, Place] => [text, { cell: index + 1, line: line + 1 }]));
  });
  lines.push([parsed.map(() => "}").join("")]);
  const syntaxErrors = errors.flat().filter(({ cell }) => !mayFail.has(cell));
  return {
    text: lines.map(([text]) => text).join("\n"),
    places: lines.map(([, place]) => place),
    syntaxErrors,
    mayFail,
  };
}

function syntaxErrorsOf(source: string, cell: number): JoinedCells["syntaxErrors"] {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const { diagnostics = [] } = ts.transpileModule(source, { reportDiagnostics: true, compilerOptions });
  return diagnostics.map(({ start = 0, length = 1, code, messageText }) => {
    const before = source.slice(0, start).split("\n");
    const [flagged] = source.slice(start, start + length).split("\n");
    const place = { cell, line: before.length, column: before[before.length - 1].length + 1, width: flagged.length };
    return { ...place, code, message: ts.flattenDiagnosticMessageText(messageText, "\n") };
  });
}

function importLines(file: ts.SourceFile, cell: number, imported: Set<string>): [string, Place][] {
  return file.statements.filter(ts.isImportDeclaration).map((declaration) => {
    const line = file.getLineAndCharacterOfPosition(declaration.getStart()).line + 1;
    return [newNamesOnly(declaration, imported), { cell, line }];
  });
}

/** The import in one line, without the names that came by an earlier import from the same module. */
function newNamesOnly(declaration: ts.ImportDeclaration, imported: Set<string>): string {
  const { importClause: clause, moduleSpecifier } = declaration;
  if (!clause) return `import ${moduleSpecifier.getText()};`;
  const isNew = (text: string) => {
    const key = `${text} from ${(moduleSpecifier as ts.StringLiteral).text}`;
    return !imported.has(key) && !!imported.add(key);
  };
  const parts: string[] = [];
  if (clause.name && isNew(`default as ${clause.name.text}`)) parts.push(clause.name.text);
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings) && isNew(bindings.getText())) parts.push(bindings.getText());
  if (bindings && ts.isNamedImports(bindings)) {
    const names = bindings.elements.map((element) => element.getText()).filter(isNew);
    if (names.length > 0) parts.push(`{ ${names.join(", ")} }`);
  }
  const type = clause.isTypeOnly ? "type " : "";
  return parts.length === 0 ? "" : `import ${type}${parts.join(", ")} from ${moduleSpecifier.getText()};`;
}

/** The cell with blanks in place of its imports, so that lines and columns stay. */
function withoutImports(file: ts.SourceFile): string {
  let text = file.text;
  for (const declaration of file.statements.filter(ts.isImportDeclaration)) {
    const [start, end] = [declaration.getStart(), declaration.getEnd()];
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end);
  }
  return text;
}
