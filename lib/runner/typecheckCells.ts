import { dirname, resolve } from "path";
import ts from "typescript";
import { cellOptions } from "../kernel/compiler/cellOptions";
import { newFallbackFiles, withFallback } from "../kernel/fallbackFiles";
import { withCure } from "../kernel/missingModule";
import { joinCells, type JoinedCells, type Mistake } from "./joinCells";
import { type Cell, isExecuted, type Notebook } from "./notebook";
import { loadNotebook } from "./parseNotebook";

/** What is wrong in a cell: code cells, lines and columns count from 1. */
export interface CellDiagnostic extends Mistake {
  file: string;
  /** The cell's id in the notebook, and the line as it stands there; empty where the place is not known. */
  id: string;
  text: string;
}

/**
 * Checks the code cells of notebooks without running them, with the kernel's options: all cells of a notebook as one
 * program, where a later cell sees what earlier ones declare and may declare it anew. It also finds what passes the compiler and fails in tslab 1.0.22: the short form
 * `{ name }` of a property whose variable comes from an earlier cell.
 *
 * @throws SyntaxError for a file that is no notebook, Node's error where a file cannot be read
 */
export function typecheckCells(files: string[]): CellDiagnostic[] {
  return typecheckNotebooks(files.map((file) => ({ file, notebook: loadNotebook(file) })));
}

/** The same for notebooks that are loaded, each with the file in whose folder its imports are looked for. */
export function typecheckNotebooks(loaded: { file: string; notebook: Notebook }[]): CellDiagnostic[] {
  const notebooks = loaded.map(({ file, notebook }) => {
    const cells = notebook.cells.filter(isExecuted);
    return { file, path: `${resolve(file)}.ts`, joined: joinCells(notebook), cells };
  });
  const folder = dirname(resolve(loaded[0]?.file ?? "."));
  const options = { ...cellOptions(ts, folder, newFallbackFiles(folder)), noEmit: true, inlineSourceMap: false };
  const texts = new Map(notebooks.map(({ path, joined }) => [path, joined.text]));
  const program = ts.createProgram([...texts.keys()], options, hostWith(texts, options, folder));
  return notebooks.flatMap(({ file, path, joined, cells }) => {
    const source = program.getSourceFile(path);
    const inNotebook = (mistake: Mistake): CellDiagnostic => {
      const { id = "", source: code = "" } = cells[mistake.cell - 1] ?? {};
      return { file, id, text: code.split("\n")[mistake.line - 1] ?? "", ...mistake };
    };
    if (joined.syntaxErrors.length > 0 || !source) return joined.syntaxErrors.map(inNotebook);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ start = 0, length = 0, code, messageText }) => ({
        ...spotOf(source, { start, length }, { joined, cells }),
        code,
        message: withCure(code, ts.flattenDiagnosticMessageText(messageText, "\n"), dirname(resolve(file))),
      }),
    );
    const lost = lostShorthands(source, program.getTypeChecker(), { joined, cells });
    const wrong = [...found, ...lost].filter(({ cell }) => !joined.mayFail.has(cell));
    return wrong.sort((a, b) => a.cell - b.cell || a.line - b.line || a.column - b.column).map(inNotebook);
  });
}

type SourceArguments = Parameters<ts.CompilerHost["getSourceFile"]>;

/** Finds the cells by their paths, and what the kernel would find behind the files of their folder. */
function hostWith(texts: Map<string, string>, options: ts.CompilerOptions, folder: string): ts.CompilerHost {
  const plain = ts.createCompilerHost(options);
  plain.jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors; // documentation is a third of the work
  const host = Object.assign(plain, withFallback({ ...plain }, newFallbackFiles(folder)));
  const { getSourceFile, fileExists, readFile } = host;
  const own = (name: string) => texts.get(resolve(name));
  return Object.assign(host, {
    fileExists: (name: string) => own(name) !== undefined || fileExists(name),
    readFile: (name: string) => own(name) ?? readFile(name),
    getSourceFile: (...args: SourceArguments) => {
      const text = own(args[0]);
      if (text !== undefined) return ts.createSourceFile(args[0], text, args[1], true);
      return args[0].includes("/node_modules/") ? parsedOnce(args, getSourceFile) : getSourceFile(...args);
    },
  });
}

/** Files of packages, which the next check does not parse again. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function parsedOnce(args: SourceArguments, parse: ts.CompilerHost["getSourceFile"]): ts.SourceFile | undefined {
  const [name, language] = args;
  const key = JSON.stringify([name, language]);
  if (!parsed.has(key)) parsed.set(key, parse(...args));
  return parsed.get(key);
}

/** The joined cells and what they were made of. */
interface Origin {
  joined: JoinedCells;
  cells: Cell[];
}

/**
 * Where in the cells a span of the joined text stands. Code keeps its columns; an import is one line there, so what is
 * flagged in it is looked for in the cell.
 */
function spotOf(source: ts.SourceFile, { start, length }: ts.TextSpan, { joined, cells }: Origin) {
  const { line: row, character } = source.getLineAndCharacterOfPosition(start);
  const { cell, line } = joined.places[row] ?? { cell: 0, line: 0 };
  const [flagged] = source.text.slice(start, start + length).split("\n");
  const lines = cells[cell - 1]?.source.split("\n") ?? [];
  if (lines[line - 1]?.startsWith(flagged, character))
    return { cell, line, column: character + 1, width: flagged.length };
  const found = lines.findIndex((text, at) => at >= line - 1 && text.includes(flagged));
  if (found < 0) return { cell, line, column: 1, width: lines[line - 1]?.length ?? 0 };
  return { cell, line: found + 1, column: lines[found].indexOf(flagged) + 1, width: flagged.length };
}

function lostShorthands(source: ts.SourceFile, checker: ts.TypeChecker, origin: Origin): Mistake[] {
  const lost: Mistake[] = [];
  const spotAt = (node: ts.Node) => spotOf(source, { start: node.getStart(), length: node.getWidth() }, origin);
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) {
      const spot = spotAt(node);
      const [declared] = checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
      const isHere = declared?.getSourceFile() === source;
      if (isHere && spotAt(declared).cell !== spot.cell) {
        const name = node.name.text;
        lost.push({
          ...spot,
          message: `{ ${name} } fails in tslab when ${name} is of an earlier cell: { ${name}: ${name} } is wanted`,
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lost;
}
