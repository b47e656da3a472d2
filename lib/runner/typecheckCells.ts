import { basename, dirname, resolve } from "path";
import ts from "typescript";
import { joinCells, type JoinedCells, type Place } from "./joinCells";
import { loadNotebook } from "./parseNotebook";

/** What is wrong in a cell: code cells and lines count from 1. */
export interface CellDiagnostic extends Place {
  file: string;
  message: string;
}

/**
 * Checks the code cells of notebooks as strictly as the library is checked, which the kernel does not: all cells of a
 * notebook as one program, where a later cell sees what earlier ones declare and may declare it anew. Options come
 * from the nearest tsconfig.json. It also finds what passes the compiler and fails in tslab 1.0.22: the short form
 * `{ name }` of a property whose variable comes from an earlier cell.
 *
 * Throws a SyntaxError for a file that is no notebook.
 */
export function typecheckCells(files: string[]): CellDiagnostic[] {
  const notebooks = files.map((file) => ({ file, path: `${resolve(file)}.ts`, joined: joinCells(loadNotebook(file)) }));
  const options = files.length > 0 ? optionsNear(dirname(resolve(files[0]))) : {};
  const texts = new Map(notebooks.map(({ path, joined }) => [path, joined.text]));
  const program = ts.createProgram([...texts.keys()], options, hostWith(texts, options));
  return notebooks.flatMap(({ file, path, joined }) => {
    const source = program.getSourceFile(path);
    if (joined.syntaxErrors.length > 0 || !source) return joined.syntaxErrors.map((error) => ({ file, ...error }));
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ start = 0, messageText }) => ({
        file,
        ...placeOf(source, start, joined),
        message: ts.flattenDiagnosticMessageText(messageText, "\n"),
      }),
    );
    const lost = lostShorthands(source, program.getTypeChecker(), joined).map((error) => ({ file, ...error }));
    return [...found, ...lost].filter(({ cell }) => !joined.mayFail.has(cell));
  });
}

/** A diagnostic in one line: `notebook.ipynb cell 5 line 2: message`. */
export function formatDiagnostic({ file, cell, line, message }: CellDiagnostic): string {
  return `${basename(file)} cell ${cell} line ${line}: ${message}`;
}

function optionsNear(folder: string): ts.CompilerOptions {
  const config = ts.findConfigFile(folder, ts.sys.fileExists);
  const { config: json = {} } = config ? ts.readConfigFile(config, ts.sys.readFile) : {};
  const { options } = ts.convertCompilerOptionsFromJson(json.compilerOptions ?? {}, config ? dirname(config) : folder);
  return { strict: true, ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false };
}

function hostWith(texts: Map<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  const { getSourceFile, fileExists, readFile } = host;
  const own = (name: string) => texts.get(resolve(name));
  return Object.assign(host, {
    fileExists: (name: string) => own(name) !== undefined || fileExists(name),
    readFile: (name: string) => own(name) ?? readFile(name),
    getSourceFile: (...args: Parameters<typeof getSourceFile>) => {
      const text = own(args[0]);
      return text === undefined ? getSourceFile(...args) : ts.createSourceFile(args[0], text, args[1], true);
    },
  });
}

function placeOf(source: ts.SourceFile, position: number, joined: JoinedCells): Place {
  return joined.places[source.getLineAndCharacterOfPosition(position).line] ?? { cell: 0, line: 0 };
}

function lostShorthands(source: ts.SourceFile, checker: ts.TypeChecker, joined: JoinedCells) {
  const lost: (Place & { message: string })[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) {
      const place = placeOf(source, node.getStart(), joined);
      const [declared] = checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
      const isHere = declared?.getSourceFile() === source;
      if (isHere && placeOf(source, declared.getStart(), joined).cell !== place.cell) {
        const name = node.name.text;
        lost.push({
          ...place,
          message: `{ ${name} } fails in tslab when ${name} is of an earlier cell: { ${name}: ${name} } is wanted`,
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lost;
}
