import { type CellLimits, cellOutcome } from "./cellOutcome";
import { gatherOutputs, type RunOutputs } from "./cellOutputs";
import { mayFail } from "./failedCells";
import type { KnownUses } from "../kernel/feeds";
import type { Cell, Notebook } from "./notebook";
import { type CellProgress, followCell, type ProgressSink } from "./progress";
import { runStamp } from "./runStamps";
import type { CellError, CellResult } from "./runState";
import type { Kernel } from "./startKernel";

/** One cell's turn. */
export interface CellTurn {
  notebook: Notebook;
  cell: Cell;
  /** Filled in on the way. */
  result: CellResult;
  /** How the progress names it. */
  label: string;
  /** Whether it is run only for what it declares: nothing is told, and the outputs it has stay, unless it fails. */
  isQuiet: boolean;
}

/** What the cells of a run have in common. */
export interface CellSettings extends CellLimits {
  outputs: RunOutputs;
  sink: ProgressSink;
  /** Whether cells note their times. */
  stamps: boolean;
  /** Hears of each cell that has ended what it does with names. */
  onUses?: (cell: Cell, uses: KnownUses) => void;
}

/** Runs a cell and notes how it went. Resolves to whether its kernel can run another. */
export async function executeCell(kernel: Kernel, turn: CellTurn, settings: CellSettings): Promise<boolean> {
  const { notebook, cell, result, isQuiet } = turn;
  const [start, begun] = [new Date(), performance.now()];
  const shown: Cell = isQuiet ? { ...cell } : cell;
  const outputs = gatherOutputs(shown, settings.outputs);
  const follow = isQuiet ? quietly(settings.sink, turn.label) : followCell(settings.sink, turn.label, outputs.lastText);
  shown.execution_count = result.cell;
  const onMessage: CellProgress["onMessage"] = (message) => {
    outputs.onMessage(message);
    follow.onMessage(message);
  };
  const ended = await cellOutcome(kernel, { code: cell.source, onMessage }, settings);
  if (ended.failed) outputs.fail(ended.error);
  settings.onUses?.(cell, ended.uses);
  const isFine = ended.kind === "answer" && (!ended.failed || mayFail(notebook, cell));
  result.status = isFine ? "ok" : ended.kind === "interrupted" ? "interrupted" : "failed";
  result.seconds = (performance.now() - begun) / 1000;
  delete result.why;
  if (!isFine) result.error = shownError(shown, ended.error);
  if (!isFine) Object.assign(cell, { outputs: shown.outputs, execution_count: result.cell });
  for (const output of shown.outputs) if (output.output_type === "execute_result") output.execution_count = result.cell;
  if (settings.stamps && !(isQuiet && isFine)) cell.metadata.papermill = runStamp(start, !isFine);
  follow.finish(isFine ? "" : result.status);
  return !ended.kernelEnded;
}

/** On a terminal the cell's name while it runs; nothing that stays. */
function quietly(sink: ProgressSink, label: string): CellProgress {
  sink.status?.(`${label}  … for what it declares`);
  return { onMessage: () => {}, finish: () => {} };
}

/** The error that stands in the cell, or the one that would. */
function shownError(cell: Cell, error?: Error): CellError {
  for (const output of cell.outputs)
    if (output.output_type === "error")
      return { ename: output.ename, evalue: output.evalue, traceback: output.traceback };
  return { ename: error?.name ?? "Error", evalue: error?.message ?? "", traceback: [] };
}
