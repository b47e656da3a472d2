import type * as TypeScript from "typescript";
import type { Compiler } from "../compiler/compiler";
import { amongFitting } from "../compiler/fittingSymbols";
import { wordAt } from "../compiler/wordAt";
import { describeInfo, type Description } from "../describeInfo";
import { fittingEntries } from "../fittingEntries";
import type { ExportedNames } from "./exportedNames";
import { importEdit } from "./importEdit";
import type { NotebookCell, NotebookCells } from "./notebookCells";
import type { CellEdit, Places, Range } from "./place";

/** A text that fits at a place. */
export interface CompletionItem {
  name: string;
  /** TypeScript's word for what it is. */
  kind: string;
  isDeprecated?: boolean;
  /** The module from which it is to be imported first. */
  module?: string;
}

/** What fits, the best first, and what it replaces. */
export interface Completions {
  range: Range;
  items: CompletionItem[];
}

/** An item with what is known of it. */
export interface CompletionDetails extends Partial<Description> {
  /** What else is to be changed where it is taken: the import that it needs. */
  edits: CellEdit[];
}

/** Finds what fits at a place of a cell. */
export interface CellCompletions {
  at(cell: NotebookCell, offset: number): Completions;
  details(cell: NotebookCell, offset: number, item: CompletionItem): CompletionDetails;
}

/** What completions are found with. */
export interface CompletionParts {
  ts: Compiler;
  cells: NotebookCells;
  places: Places;
  exported: ExportedNames;
}

const LEAST_WRITTEN = 2; // characters of a name, before what could be imported is offered too
const LAST = "17"; // what is to be imported comes after what is there, which TypeScript sorts by "11" to "16"

/** Completes names, members, paths of imports, and names that are to be imported. */
export function newCellCompletions({ ts, cells, places, exported }: CompletionParts): CellCompletions {
  const importable = (written: string, isThere: Set<string>) =>
    written.length < LEAST_WRITTEN
      ? []
      : exported
          .all()
          .filter(({ name }) => !isThere.has(name))
          .map((one) => ({ ...one, sortText: LAST }));

  const at: CellCompletions["at"] = (cell, offset) => {
    const { text, file } = cell;
    const service = cells.service();
    const find = () => service.getCompletionsAtPosition(file.fileName, offset, {});
    const word = wordAt(text, offset);
    const found = amongFitting(service.getProgram()!.getTypeChecker(), text.slice(word.start, offset), find);
    const span = found?.optionalReplacementSpan ?? found?.entries[0]?.replacementSpan ?? word;
    const written = text.slice(span.start, offset);
    const entries = found?.entries.map(({ name, kind, sortText, kindModifiers }) => ({ name, kind, sortText, module: undefined, isDeprecated: /\bdeprecated\b/.test(kindModifiers ?? "") })) ?? []; // prettier-ignore
    const more = found?.isGlobalCompletion ? importable(written, new Set(entries.map(({ name }) => name))) : [];
    const items = fittingEntries(written, [...entries, ...more]);
    return { range: places.rangeIn(file, span), items: items.map(({ sortText: _, ...item }) => item) };
  };

  const details: CellCompletions["details"] = (cell, offset, { name, module }) => {
    if (module !== undefined) {
      const { offset: place, text: newText } = importEdit(ts, cell.file, { name, module });
      const range = places.rangeIn(cell.file, { start: place, length: 0 });
      return { plain: `import { ${name} } from "${module}"`, edits: [{ cell: cell.id, range, newText }] };
    }
    const found = cells.service().getCompletionEntryDetails(cell.file.fileName, offset, name, {}, undefined, {}, undefined); // prettier-ignore
    return { ...(found && describeInfo(found as unknown as TypeScript.QuickInfo)), edits: [] };
  };

  return { at, details };
}
