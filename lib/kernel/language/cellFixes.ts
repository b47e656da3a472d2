import type * as TypeScript from "typescript";
import type { Compiler } from "../compiler/compiler";
import type { CellMessage } from "./cellMessages";
import type { ExportedNames } from "./exportedNames";
import { importEdit } from "./importEdit";
import type { NotebookCell, NotebookCells } from "./notebookCells";
import type { CellEdit, Places } from "./place";

/** A change that mends what a message is about. */
export interface CellFix {
  title: string;
  edits: CellEdit[];
  message: CellMessage;
}

/** What fixes are made with. */
export interface FixParts {
  ts: Compiler;
  cells: NotebookCells;
  places: Places;
  exported: ExportedNames;
}

/** "Cannot find name 'x'", and the same of namespaces and of a property's short form. */
const UNKNOWN = /^(?:Cannot find (?:name|namespace)|No value exists in scope for the shorthand property) '([^']+)'/;
const MEANT = /Did you mean '([^']+)'/;
/** TypeScript's numbers for these: its own fixes would look through all that could be imported, for half a second. */
const FORMAT = { indentSize: 2, tabSize: 2, convertTabsToSpaces: true, newLineCharacter: "\n" };

/** Gives the fixes for a message: imports of a name that is not there, and what TypeScript itself offers. */
export function newCellFixes({
  ts,
  cells,
  places,
  exported,
}: FixParts): (cell: NotebookCell, message: CellMessage) => CellFix[] {
  // prettier-ignore
  const offsetOf = ({ file }: NotebookCell, { line, character }: TypeScript.LineAndCharacter) =>
    ts.getPositionOfLineAndCharacter(file, line, character);

  const imports = (cell: NotebookCell, message: CellMessage, name: string): CellFix[] =>
    exported
      .all()
      .filter((one) => one.name === name)
      .map((one) => {
        const { offset, text } = importEdit(ts, cell.file, one);
        const range = places.rangeIn(cell.file, { start: offset, length: 0 });
        const title = `Import ${name} from "${one.module}"`;
        return { title, edits: [{ cell: cell.id, range, newText: text }], message };
      });

  const spelling = (cell: NotebookCell, message: CellMessage): CellFix[] => {
    const [, meant] = MEANT.exec(message.text) ?? [];
    const { start, end } = message;
    return meant === undefined ? [] : [{ title: `Change it to ${meant}`, edits: [{ cell: cell.id, range: { start, end }, newText: meant }], message }]; // prettier-ignore
  };

  const ofCompiler = (cell: NotebookCell, message: CellMessage): CellFix[] => {
    const { code, start, end } = message;
    if (code === undefined) return [];
    const [from, to] = [offsetOf(cell, start), offsetOf(cell, end)];
    const found = cells.service().getCodeFixesAtPosition(cell.file.fileName, from, to, [code], FORMAT, {});
    return found
      .filter(({ changes }) => changes.length > 0 && changes.every(({ fileName }) => cells.named(fileName)))
      .map(({ description, changes }) => ({ title: description, edits: changes.flatMap(toEdits), message }));
  };

  const toEdits = ({ fileName, textChanges }: TypeScript.FileTextChanges): CellEdit[] =>
    textChanges.flatMap(({ span, newText }) => {
      const place = places.of(fileName, span);
      return place?.cell === undefined ? [] : [{ cell: place.cell, range: place.range, newText }];
    });

  return (cell, message) => {
    const [, name] = UNKNOWN.exec(message.text) ?? [];
    if (name === undefined) return ofCompiler(cell, message);
    return [...spelling(cell, message), ...imports(cell, message, name)];
  };
}
