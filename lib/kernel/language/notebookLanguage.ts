import type { Compiler } from "../compiler/compiler";
import { newImportedFiles } from "../compiler/importedFiles";
import { newKeptModules } from "../compiler/keptModules";
import { describeInfo, type Description } from "../describeInfo";
import { KEPT_MODULES } from "../builtFiles";
import { newFallbackFiles } from "../fallbackFiles";
import { isUnknown } from "../inspection";
import { quickInfo } from "../quickInfo";
import { newModuleNames } from "../tslab";
import { type CellFix, newCellFixes } from "./cellFixes";
import { type CellMessage, newCellMessages } from "./cellMessages";
import { type CompletionDetails, type CompletionItem, type Completions, newCellCompletions } from "./completions";
import { newExportedNames } from "./exportedNames";
import { type CellText, newNotebookCells, type NotebookCell } from "./notebookCells";
import { type CellEdit, newPlaces, type Place, type Position, type Range } from "./place";
import { newRenameCells } from "./renameCells";
import { newSharedNames } from "./sharedNames";
import { type Signatures, signaturesAt } from "./signatures";

/**
 * What an editor asks of a notebook, before and while its cells run. Cells are known by their ids; all that is asked of a cell that
 * is not there, or of a place beyond its end, has an empty answer.
 */
export interface NotebookLanguage {
  /** Takes the code cells' texts in the notebook's order, as they are written now. */
  update(cells: CellText[]): void;
  messages(cell: string): CellMessage[];
  completions(cell: string, at: Position): Completions;
  details(cell: string, at: Position, item: CompletionItem): CompletionDetails;
  signatures(cell: string, at: Position): Signatures | undefined;
  hover(cell: string, at: Position): (Description & { range: Range }) | undefined;
  definition(cell: string, at: Position): Place[];
  /** The text of a place's file; undefined for a file that cells do not import, be it through others. */
  source(file: string): string | undefined;
  /** All places in cells and files, the declaration among them; those in cells come first, in the notebook's order. */
  references(cell: string, at: Position): Place[];
  /** What stands at a place and could be renamed. */
  renamed(cell: string, at: Position): (Range & { name: string }) | undefined;
  /** @throws RangeError that says why the name cannot be changed, or not to this one */
  rename(cell: string, at: Position, newName: string): CellEdit[];
  /** Fixes for the messages that touch a range. */
  fixes(cell: string, range: Range): CellFix[];
}

/**
 * The language service for a notebook. Each cell is a module, with the modules of the cells before it around it: the kernel's own
 * form, so that both find the same errors, and a change costs no new checker. (One document of all cells, with a map of places,
 * would give references and renames for nothing, but each key pressed would cost a program: half a second with TensorFlow.js.)
 *
 * @param folder - the notebook's, where paths of imports begin
 */
export function newNotebookLanguage(ts: Compiler, folder: string): NotebookLanguage {
  const place = folder.replace(/\\/g, "/").replace(/\/$/, "");
  const fallback = newFallbackFiles(folder);
  const cells = newNotebookCells({ ts, folder: place, fallback, moduleName: newModuleNames(ts) });
  const places = newPlaces({ ts, cells, folder: place, fallback });
  const kept = newKeptModules(ts, KEPT_MODULES);
  const isLibrary = ({ fileName }: { fileName: string }) => fallback.inLibrary(fileName) !== undefined;
  const imported = newImportedFiles(ts, kept, { trusted: (files) => files.filter(isLibrary) }); // tested, and eight seconds of work
  const messagesOf = newCellMessages({ ts, cells, imported, folder: place });
  const exported = newExportedNames({ ts, cells, folder: place, fallback });
  const completions = newCellCompletions({ ts, cells, places, exported });
  const shared = newSharedNames(ts, cells);
  const renameCells = newRenameCells({ ts, cells, places, shared });
  const fixesOf = newCellFixes({ ts, cells, places, exported });

  /** Answers by a cell and an offset in it, or else by what stands for nothing. */
  const ask = <Answer>(
    id: string,
    at: Position,
    nothing: Answer,
    answer: (cell: NotebookCell, offset: number) => Answer,
  ) => {
    const cell = cells.of(id);
    const starts = cell?.file.getLineStarts() ?? [];
    if (!cell || at.line >= starts.length) return nothing;
    const offset = starts[at.line] + at.character;
    return offset > (starts[at.line + 1] ?? cell.text.length + 1) ? nothing : answer(cell, offset);
  };

  const rangeOf = (cell: NotebookCell, start: number, length: number) => places.rangeIn(cell.file, { start, length });

  const references: NotebookLanguage["references"] = (id, at) =>
    ask<Place[]>(id, at, [], (cell, offset) => {
      const symbol = shared.at(cell, offset);
      const inCells = (symbol ? shared.usesOf(symbol) : []).map(({ cell: one, name }) => {
        const start = name.getStart(one.file as never);
        return { cell: one.id, range: rangeOf(one, start, name.end - start) };
      });
      const found = cells.service().findReferences(cell.file.fileName, offset) ?? [];
      const all = found
        .flatMap((one) => one.references)
        .flatMap(({ fileName, textSpan }) => places.of(fileName, textSpan) ?? []);
      return inOrder([...inCells, ...all]);
    });

  const inOrder = (found: Place[]) => {
    const order = new Map(cells.all().map(({ id }, index) => [id, index]));
    const rank = ({ cell }: Place) => (cell === undefined ? Infinity : order.get(cell)!);
    const distinct = [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
    return distinct.sort((a, b) => rank(a) - rank(b) || (a.file ?? "").localeCompare(b.file ?? "") || before(a, b));
  };

  return {
    update: cells.update,
    messages: (id) => ask(id, { line: 0, character: 0 }, [], (cell) => messagesOf(cell)),
    completions: (id, at) => ask<Completions>(id, at, { range: { start: at, end: at }, items: [] }, completions.at),
    details: (id, at, item) =>
      ask<CompletionDetails>(id, at, { edits: [] }, (cell, offset) => completions.details(cell, offset, item)),
    signatures: (id, at) =>
      ask<Signatures | undefined>(id, at, undefined, (cell, offset) => signaturesAt(cells, cell, offset)),
    hover: (id, at) =>
      ask<ReturnType<NotebookLanguage["hover"]>>(id, at, undefined, (cell, offset) => {
        const info = quickInfo({ ts, service: cells.service(), fallback }, cell.file.fileName, offset);
        if (!info || isUnknown(info)) return undefined;
        return { ...describeInfo(info), range: places.rangeIn(cell.file, info.textSpan) };
      }),
    definition: (id, at) =>
      ask<Place[]>(id, at, [], (cell, offset) => {
        const found = cells.service().getDefinitionAtPosition(cell.file.fileName, offset) ?? [];
        return found.flatMap(({ fileName, textSpan }) => places.of(fileName, textSpan) ?? []);
      }),
    source: places.textOf,
    references,
    renamed: (id, at) =>
      ask<ReturnType<NotebookLanguage["renamed"]>>(id, at, undefined, (cell, offset) => {
        const info = cells.service().getRenameInfo(cell.file.fileName, offset, {});
        if (!info.canRename) return undefined;
        const { start, length } = info.triggerSpan;
        return { ...rangeOf(cell, start, length), name: cell.text.slice(start, start + length) };
      }),
    rename: (id, at, newName) => ask<CellEdit[]>(id, at, [], (cell, offset) => renameCells(cell, offset, newName)),
    fixes: (id, { start, end }) =>
      ask<CellFix[]>(id, start, [], (cell) =>
        messagesOf(cell)
          .filter((message) => !isBefore(message.end, start) && !isBefore(end, message.start))
          .flatMap((message) => fixesOf(cell, message)),
      ),
  };
}

function before(a: Place, b: Place): number {
  const [one, other] = [a.range.start, b.range.start];
  return one.line - other.line || one.character - other.character;
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
