import { realpathSync } from "fs";
import { basename, relative } from "path";
import type * as TypeScript from "typescript";
import type { FallbackFiles } from "../fallbackFiles";
import { isCell } from "../compiler/compiler";
import type { NotebookCells } from "./notebookCells";

/** A place in a text. Lines and characters count from 0, characters in units of UTF-16, as in the Language Server Protocol. */
export type Position = TypeScript.LineAndCharacter;

/** A piece of a text; the end does not belong to it. */
export interface Range {
  start: Position;
  end: Position;
}

/** A piece of a cell, or of a file. */
export interface Place {
  /** The cell's id. */
  cell?: string;
  /** The file's path. */
  file?: string;
  /** The same from the notebook's folder. */
  path?: string;
  range: Range;
}

/** A change of a cell's text. */
export interface CellEdit {
  cell: string;
  range: Range;
  newText: string;
}

/** Turns the compiler's spans into places. */
export interface Places {
  /** Undefined for what a person cannot look at. */
  of(fileName: string, span: TypeScript.TextSpan): Place | undefined;
  rangeIn(file: TypeScript.SourceFileLike, span: TypeScript.TextSpan): Range;
  /** The text of a place's file; undefined for a file that cells do not import, be it through others. */
  textOf(file: string): string | undefined;
}

/** What places are found with. */
export interface PlaceParts {
  ts: typeof TypeScript;
  cells: NotebookCells;
  folder: string;
  fallback: FallbackFiles;
}

/** Finds places in cells and files. */
export function newPlaces({ ts, cells, folder, fallback }: PlaceParts): Places {
  const rangeIn: Places["rangeIn"] = (file, { start, length }) => {
    const at = (offset: number) => ts.getLineAndCharacterOfPosition(file, offset);
    return { start: at(start), end: at(start + length) };
  };
  const realOf = (fileName: string) => realpathSync(fallback.behind(fileName) ?? fileName);
  return {
    rangeIn,
    textOf: (file) =>
      cells
        .program()
        .getSourceFiles()
        .find(({ fileName }) => !isCell(fileName) && fileName.endsWith(basename(file)) && realOf(fileName) === file)
        ?.text,
    of: (fileName, span) => {
      const cell = cells.named(fileName);
      if (cell) return { cell: cell.id, range: rangeIn(cell.file, span) };
      const file = isCell(fileName) ? undefined : cells.program().getSourceFile(fileName);
      if (!file) return undefined;
      const found = realOf(fileName);
      return { file: found, path: relative(realpathSync(folder), found), range: rangeIn(file, span) };
    },
  };
}
