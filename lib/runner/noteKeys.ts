import { cellKeys } from "./cellKeys";
import type { KnownUses } from "../kernel/feeds";
import { type Cell, isExecuted, type Notebook } from "./notebook";
import { writeRanKey } from "./ranKey";

/** What is known after a run. */
export interface RunFacts {
  /** What the cells use, as far as they ran or are known. */
  uses: Map<Cell, KnownUses>;
  /** Whether a cell has run to its end and has its outputs from this run. */
  isFresh(cell: Cell): boolean;
  /** When it ran. */
  date: Date;
}

/** Notes in the cells that have run what they came of; a cell behind one that did not run is not known. */
export function noteKeys(notebook: Notebook, { uses, isFresh, date }: RunFacts): void {
  const cells = notebook.cells.filter(isExecuted);
  const end = cells.findIndex((cell) => !uses.has(cell));
  const known = end < 0 ? cells : cells.slice(0, end);
  const keys = cellKeys(known.map((cell) => ({ source: cell.source, uses: uses.get(cell) })));
  for (const [index, cell] of known.entries())
    if (isFresh(cell)) writeRanKey(cell, { key: keys[index], ran: date.toISOString() });
}
