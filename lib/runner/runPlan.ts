import type { CellRange } from "./cellRange";
import type { KnownUses } from "../kernel/feeds";
import { type Cell, hasTag, isExecuted, type Notebook } from "./notebook";
import { OUTSIDE, type Turn } from "./planReruns";
import { writeRanKey } from "./ranKey";

/** What a run does with each cell that can be run. */
export interface RunPlan {
  turns: Map<Cell, Turn>;
  /** What cells use, where that is known before they run. */
  uses?: Map<Cell, KnownUses>;
}

/** Runs all cells up to the last one that is asked for. */
export function planAll({ cells }: Notebook, { last }: CellRange): RunPlan {
  const turnOf = (index: number): Turn => (index <= last ? "run" : OUTSIDE);
  return { turns: new Map(cells.filter(isExecuted).map((cell, index) => [cell, turnOf(index)])) };
}

/** Whether anything is to be run. */
export function hasWork({ turns }: RunPlan): boolean {
  return [...turns.values()].includes("run");
}

/** Takes the old outputs away from cells that will get new ones. Others keep theirs, and those tagged `skip-execution`. */
export function clearOutputs({ cells }: Notebook, { turns }: RunPlan): void {
  for (const cell of cells) {
    if ((turns.get(cell) ?? "run") !== "run" || hasTag(cell, "skip-execution")) continue;
    cell.outputs = [];
    cell.execution_count = null;
    delete cell.metadata.papermill;
    delete cell.metadata.execution;
    writeRanKey(cell, undefined);
  }
}
