import type * as TypeScript from "typescript";
import type { Compiler } from "../compiler/compiler";
import type { NotebookCell, NotebookCells } from "./notebookCells";
import type { CellEdit, Places } from "./place";
import type { SharedNames } from "./sharedNames";

/** What renaming needs. */
export interface RenameParts {
  ts: Compiler;
  cells: NotebookCells;
  places: Places;
  shared: SharedNames;
}

/** Gives the changes that rename what stands at a place, in all cells. */
export type RenameCells = (cell: NotebookCell, offset: number, newName: string) => CellEdit[];

/** Renames names of cells; the functions that this gives throw a RangeError that says why something cannot be renamed. */
export function newRenameCells({ ts, cells, places, shared }: RenameParts): RenameCells {
  const ofShared = (symbol: TypeScript.Symbol, newName: string): CellEdit[] => {
    const conflict = shared.conflict(symbol, newName);
    if (conflict) throw new RangeError(`${symbol.name} cannot be named ${newName}: cell ${numberOf(conflict.cell)} has that name already`); // prettier-ignore
    return shared.usesOf(symbol).map(({ cell, name }) => {
      const start = name.getStart(cell.file as unknown as TypeScript.SourceFile);
      const range = places.rangeIn(cell.file, { start, length: name.end - start });
      return { cell: cell.id, range, newText: renamed(ts, name, newName) };
    });
  };

  const numberOf = (cell: NotebookCell) => cells.all().indexOf(cell) + 1;

  return (cell, offset, newName) => {
    checkName(ts, newName);
    const symbol = shared.at(cell, offset);
    if (symbol) return ofShared(symbol, newName);
    const { fileName } = cell.file;
    const info = cells.service().getRenameInfo(fileName, offset, {});
    if (!info.canRename) throw new RangeError(info.localizedErrorMessage);
    const found = cells.service().findRenameLocations(fileName, offset, false, false, { providePrefixAndSuffixTextForRename: true }); // prettier-ignore
    return (found ?? []).flatMap(({ fileName: name, textSpan, prefixText = "", suffixText = "" }) => {
      const place = places.of(name, textSpan);
      if (place?.file !== undefined)
        throw new RangeError(`${info.displayName} is declared in ${place.file}; rename it there`);
      return place?.cell === undefined ? [] : [{ cell: place.cell, range: place.range, newText: prefixText + newName + suffixText }]; // prettier-ignore
    });
  };
}

/** @throws RangeError for what is no name of a variable */
function checkName(ts: Compiler, name: string): void {
  const isRight = ts.isIdentifierStart(name.codePointAt(0) ?? 0, ts.ScriptTarget.Latest) && /^[\p{ID_Continue}$\u200c\u200d]+$/u.test(name); // prettier-ignore
  const kind = ts.identifierToKeywordKind(ts.factory.createIdentifier(name)) ?? ts.SyntaxKind.Unknown;
  const isReserved = kind >= ts.SyntaxKind.FirstReservedWord && kind <= ts.SyntaxKind.LastFutureReservedWord;
  if (!isRight || isReserved) throw new RangeError(`"${name}" is not a name that a variable can have`);
}

/** What is written in a name's place: what it stands for also outside of the cells keeps its own name. */
function renamed(ts: Compiler, name: TypeScript.Identifier, newName: string): string {
  const { parent } = name;
  if (ts.isShorthandPropertyAssignment(parent)) return `${name.text}: ${newName}`;
  if (ts.isImportSpecifier(parent) && !parent.propertyName) return `${name.text} as ${newName}`;
  if (ts.isExportSpecifier(parent) && !parent.propertyName) return `${newName} as ${name.text}`;
  const isShort = ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent) && !parent.propertyName && !parent.dotDotDotToken; // prettier-ignore
  return isShort && parent.name === name ? `${name.text}: ${newName}` : newName;
}
