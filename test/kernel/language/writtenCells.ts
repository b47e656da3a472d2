import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import type { Compiler } from "../../../lib/kernel/compiler/compiler";
import { newNotebookLanguage, type NotebookLanguage } from "../../../lib/kernel/language/notebookLanguage";
import type { CellEdit, Place, Position } from "../../../lib/kernel/language/place";

/** A notebook under test, in a folder of its own. */
export interface WrittenCells {
  folder: string;
  language: NotebookLanguage;
  /** Writes the cells, whose ids are "0", "1", …; a `¦` in one of them is the cursor, and is not part of its text. */
  write(...texts: string[]): { cell: string; at: Position };
  /** Writes a file of the folder. */
  file(name: string, text: string): void;
  /** The text at a place of a cell. */
  textAt(place: Place): string;
  /** The texts of all cells, after these changes. */
  edited(edits: CellEdit[]): string[];
  remove(): void;
}

/** A notebook in a new folder; making one takes a second, so tests share it. */
export function newWrittenCells(): WrittenCells {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "atelier-language-")));
  const language = newNotebookLanguage(ts as unknown as Compiler, folder);
  let cells: string[] = [];
  const linesOf = (id: string) => cells[Number(id)].split("\n");
  const offsetIn = (id: string, { line, character }: Position) => linesOf(id).slice(0, line).join("\n").length + (line > 0 ? 1 : 0) + character; // prettier-ignore
  const sliceOf = (id: string, { start, end }: Place["range"]) => [offsetIn(id, start), offsetIn(id, end)] as const;

  const write: WrittenCells["write"] = (...texts) => {
    const index = Math.max(
      texts.findIndex((text) => text.includes("¦")),
      0,
    );
    const before = texts[index].split("¦")[0].split("\n");
    cells = texts.map((text) => text.replace("¦", ""));
    language.update(cells.map((text, id) => ({ id: String(id), text })));
    return { cell: String(index), at: { line: before.length - 1, character: before[before.length - 1].length } };
  };

  const edited = (edits: CellEdit[]) =>
    cells.map((text, index) => {
      const own = edits.filter(({ cell }) => cell === String(index)).map(({ range, newText }) => ({ place: sliceOf(String(index), range), newText })); // prettier-ignore
      const last = own.sort((a, b) => b.place[0] - a.place[0]);
      return last.reduce((now, { place: [start, end], newText }) => now.slice(0, start) + newText + now.slice(end), text); // prettier-ignore
    });

  return {
    folder,
    language,
    write,
    file: (name, text) => writeFileSync(join(folder, name), text),
    textAt: ({ cell, range }) => cells[Number(cell)].slice(...sliceOf(cell!, range)),
    edited,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
