import { existsSync } from "fs";
import { dirname, resolve } from "path";
import { usesOfCells } from "../kernel/usesOfCells";
import { cellKeys } from "./cellKeys";
import type { CellRange } from "./cellRange";
import { mayFail } from "./failedCells";
import { type Cell, isExecuted, type Notebook } from "./notebook";
import { loadNotebook } from "./parseNotebook";
import { planReruns } from "./planReruns";
import { readRanKey } from "./ranKey";
import type { RunPlan } from "./runPlan";

/** What decides which cells run again. */
export interface Reruns {
  /** The notebook's file, and the one that an earlier run may have written. */
  file: string;
  output: string;
  range: CellRange;
  /** Whether the first cell of the range runs in any case, as after `--from`. */
  isFirstAsked: boolean;
  /** Whether cells run of which no earlier run has noted what they came of. */
  isStrict: boolean;
}

/**
 * Plans a run of only those cells that have changed, and those that depend on them; nothing is run to find that out. Other
 * cells have the outputs that stand in the notebook, or else those of an earlier run where the cell is still the same.
 */
export function planChanged(notebook: Notebook, { file, output, range, isFirstAsked, isStrict }: Reruns): RunPlan {
  const cells = notebook.cells.filter(isExecuted);
  const sources = cells.map(({ source }) => source);
  const uses = usesOfCells(sources, dirname(resolve(file)));
  const keys = cellKeys(sources.map((source, index) => ({ source, uses: uses[index] })));
  const isSame = (cell: Cell, key: string) => isSaved(notebook, cell) && readRanKey(cell)?.key === key;
  const earlier = earlierRun(output);
  const found = new Map(earlier?.cells.map((cell) => [cell.id, cell]));
  if (earlier) takeFacts(notebook, earlier);
  const planned = cells.map((cell, index) => {
    const key = keys[index];
    const last = found.get(cell.id);
    const hasOwn = isStrict ? isSame(cell, key) : isSaved(notebook, cell);
    if (!hasOwn && last && isSame(last, key)) takeOutputs(cell, last);
    const noted = readRanKey(cell)?.key ?? (isStrict ? undefined : key);
    const isChanged = noted !== key || (isFirstAsked && index === range.first);
    return { uses: uses[index], isSaved: isSaved(notebook, cell), isChanged };
  });
  const turns = planReruns(planned, range);
  return {
    turns: new Map(cells.map((cell, index) => [cell, turns[index]])),
    uses: new Map(cells.map((cell, index) => [cell, uses[index]])),
  };
}

/** What an earlier run has left, if it is there and a notebook. */
function earlierRun(output: string): Notebook | undefined {
  try {
    return existsSync(output) ? loadNotebook(output) : undefined;
  } catch {
    return undefined; // something else, which the run replaces
  }
}

/** Whether a cell has run, without an error that is not part of the notebook. */
function isSaved(notebook: Notebook, cell: Cell): boolean {
  const hasError = cell.outputs.some(({ output_type }) => output_type === "error");
  return cell.execution_count !== null && (!hasError || mayFail(notebook, cell));
}

function takeOutputs(cell: Cell, { outputs, execution_count, metadata }: Cell): void {
  const { papermill, atelier } = metadata;
  Object.assign(cell, { outputs, execution_count });
  Object.assign(cell.metadata, { ...(papermill !== undefined && { papermill }), atelier });
}

/** What a run notes of a whole notebook. */
function takeFacts({ metadata }: Notebook, { metadata: earlier }: Notebook): void {
  for (const name of ["papermill", "language_info"]) if (name in earlier) metadata[name] ??= earlier[name];
}
