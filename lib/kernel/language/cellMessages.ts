import type * as TypeScript from "typescript";
import { cellModules } from "../compiler/cellModules";
import type { BoundFile, Compiler } from "../compiler/compiler";
import { type Diagnostic, toDiagnostics } from "../compiler/diagnostic";
import type { ImportedFiles } from "../compiler/importedFiles";
import { foreignCommand } from "../foreignCommand";
import { isQuestion } from "../help";
import { curedText } from "../reportDiagnostics";
import type { NotebookCell, NotebookCells } from "./notebookCells";
import type { Range } from "./place";

/** What the compiler has to say of a cell before it runs. */
export interface CellMessage extends Range {
  text: string;
  /** TypeScript's number for it; none for what is no TypeScript. */
  code?: number;
  /** An error keeps the cell from running. A hint is about code that does nothing, or should not be used any more. */
  severity: "error" | "warning" | "hint";
  isUnnecessary?: boolean;
  isDeprecated?: boolean;
}

const QUOTES = 2; // around a module's name
const UNUSED = 6133; // "is declared but its value is never read"

/** What messages are made with. */
export interface MessageParts {
  ts: Compiler;
  cells: NotebookCells;
  imported: ImportedFiles;
  folder: string;
}

/** Gives the messages about a cell: those for which the kernel would refuse it, then warnings and hints. */
export function newCellMessages({ ts, cells, imported, folder }: MessageParts): (cell: NotebookCell) => CellMessage[] {
  let latest: TypeScript.Program | undefined;
  let known = new WeakMap<BoundFile, Found>(); // of the latest program alone: a file would hold its older one

  const errorsIn = (cell: NotebookCell): CellMessage[] => {
    const program = cells.program();
    const file = cell.file as unknown as TypeScript.SourceFile;
    const syntax = program.getSyntacticDiagnostics(file);
    const found = syntax.length > 0 ? syntax : program.getSemanticDiagnostics(file);
    const here = toDiagnostics(ts, found, { folder, cell: cell.file }).map((one) => toMessage(one, folder));
    return syntax.length > 0 ? here : [...here, ...importErrors(cell)];
  };

  /** A cell is refused for what is wrong in the files that it imports; that stands at the import. */
  const importErrors = (cell: NotebookCell): CellMessage[] => {
    const { importedFiles } = ts.preProcessFile(cell.text, true, true);
    return importedFiles.flatMap(({ fileName, pos, end }) => {
      const modules = cellModules(ts, { program: cells.program(), file: cell.file, service: cells.service(), imports: [fileName] }); // prettier-ignore
      const found = imported.check(cells.program(), modules);
      const [first] = toDiagnostics(ts, found, { folder, cell: cell.file });
      if (!first) return [];
      const at = (offset: number) => ts.getLineAndCharacterOfPosition(cell.file, offset);
      const { line, character } = first.start;
      const text = `${first.fileName} ${line + 1}:${character + 1}: ${first.messageText}`;
      return [{ start: at(pos), end: at(end + QUOTES), text, code: first.code, severity: "error" as const }];
    });
  };

  const toHint = (cell: NotebookCell, hint: TypeScript.DiagnosticWithLocation): CellMessage => {
    const { start, length, messageText, code, reportsUnnecessary, reportsDeprecated } = hint;
    const at = (offset: number) => ts.getLineAndCharacterOfPosition(cell.file, offset);
    const kind = { isUnnecessary: !!reportsUnnecessary, isDeprecated: !!reportsDeprecated };
    const severity = reportsUnnecessary || reportsDeprecated ? "hint" : "warning";
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    return { start: at(start), end: at(start + length), text, code, severity, ...kind };
  };

  /** What a cell declares for later cells is not unused; only imports that none of them uses are. */
  const withoutNeeded = (cell: NotebookCell, hint: TypeScript.DiagnosticWithLocation): CellMessage[] => {
    const { start, length, reportsUnnecessary } = hint;
    if (!reportsUnnecessary || isNested(ts.getTokenAtPosition(cell.file, start))) return [toHint(cell, hint)];
    const isWithin = (one: TypeScript.Declaration) => start < one.end && start + length > one.pos;
    const found = cell.declared.filter(({ symbol }) => symbol.declarations?.some(isWithin));
    const idle = found.filter((one) => one.isImport && !isUsedBelow(cell, one.name));
    if (idle.length === found.length) return [toHint(cell, hint)];
    return idle.map(({ name, symbol }) => {
      const declaration = symbol.declarations![0];
      const from = declaration.getStart(cell.file as unknown as TypeScript.SourceFile);
      const own = { start: from, length: declaration.end - from, code: UNUSED };
      return toHint(cell, { ...hint, ...own, messageText: `'${name}' is declared but its value is never read.` });
    });
  };

  const isUsedBelow = (cell: NotebookCell, name: string) => {
    const all = cells.all();
    return all.slice(all.indexOf(cell) + 1).some(({ file }) => file.identifiers.has(name));
  };

  /** Whether a declared name, or another piece of code, belongs to a function, class or block of its cell. */
  const isNested = (node: TypeScript.Node): boolean => {
    const { parent } = node as TypeScript.Node & { parent?: TypeScript.NamedDeclaration };
    if (!parent || ts.isSourceFile(parent)) return false;
    const isOpening = ts.isFunctionLike(parent) || ts.isClassLike(parent) || ts.isBlock(parent) || ts.isModuleBlock(parent); // prettier-ignore
    return (isOpening && parent.name !== node) || isNested(parent);
  };

  const lookAt = (cell: NotebookCell): Found => {
    const foreign = foreignCommand(cell.text);
    if (foreign !== undefined) return { errors: [{ ...firstLine(cell.text), text: foreign, severity: "error" }], hints: [] }; // prettier-ignore
    if (isQuestion(cell.text)) return { errors: [], hints: [] };
    return { errors: errorsIn(cell), hints: cells.service().getSuggestionDiagnostics(cell.file.fileName) };
  };

  return (cell) => {
    if (cells.program() !== latest) [latest, known] = [cells.program(), new WeakMap()];
    const found = known.get(cell.file) ?? lookAt(cell);
    known.set(cell.file, found);
    return [...found.errors, ...found.hints.flatMap((hint) => withoutNeeded(cell, hint))];
  };
}

/** What is found once; which hints count depends on later cells. */
interface Found {
  errors: CellMessage[];
  hints: TypeScript.DiagnosticWithLocation[];
}

function toMessage(found: Diagnostic, folder: string): CellMessage {
  const { start, end, code } = found;
  return { start, end, text: curedText(found, folder), code, severity: "error" };
}

function firstLine(text: string): Range {
  const [blank] = /^\s*/.exec(text)!;
  const line = blank.split("\n").length - 1;
  return { start: { line, character: 0 }, end: { line, character: text.split("\n")[line].length } };
}
