import type { CellEdit } from "../../kernel/language/place";
import { cellOf, type LanguageSession } from "./languageSession";

/** Changes the texts of cells; in each, the last change first, so that places stay right. One step back undoes a cell's changes. */
export function applyEdits(session: LanguageSession, edits: CellEdit[]): void {
  const byCell = new Map<string, CellEdit[]>();
  for (const edit of edits) byCell.set(edit.cell, [...(byCell.get(edit.cell) ?? []), edit]);
  for (const [id, own] of byCell) {
    const shared = cellOf(session, id)?.model.sharedModel;
    const lines = shared?.getSource().split("\n") ?? [];
    const offset = ({ line, character }: CellEdit["range"]["start"]) =>
      lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0) + character;
    const changes = own.map(({ range, newText }) => ({ from: offset(range.start), to: offset(range.end), newText }));
    changes.sort((a, b) => b.from - a.from);
    shared?.transact(() => {
      for (const { from, to, newText } of changes) shared.updateSource(from, to, newText);
    });
  }
}
