import { dirname, resolve } from "path";
import { ABORT_GRACE, type CellLimits, cellOutcome } from "./cellOutcome";
import { gatherOutputs, type Metric, type RunOutputs } from "./cellOutputs";
import { cellTitles } from "./headings";
import { type Cell, hasTag, isExecuted, type Notebook } from "./notebook";
import { followCell, type ProgressSink } from "./progress";
import { runStamp } from "./runStamps";
import { type Kernel, KernelDeathError, startKernel, type StartOptions } from "./startKernel";

/** What stopped a run: in which code cell, counted from 1 as the prompts are, 0 when none was reached. */
export interface RunError {
  cell: number;
  title: string;
  ename: string;
  evalue: string;
  traceback: string[];
}

/** How far a run came. */
export interface RunState {
  status: "ok" | "failed" | "interrupted";
  /** Code cells that were executed, the failing one among them. */
  cells: number;
  metrics: Record<string, Metric>;
  error?: RunError;
}

/** What a run needs beside its notebook. */
export interface Execution extends CellLimits, Pick<StartOptions, "env" | "spec"> {
  /** The notebook's file, in whose folder the kernel runs. */
  file: string;
  outputs: RunOutputs;
  sink: ProgressSink;
  /** Called after every cell. */
  save: () => void;
  /** Whether cells note their times. */
  stamps: boolean;
}

/** Runs the code cells of a notebook in a fresh kernel, up to the first error, and fills in their outputs. */
export async function executeCells(notebook: Notebook, execution: Execution): Promise<RunState> {
  const { file, outputs, sink, env, spec, signal, interruptGrace = ABORT_GRACE } = execution;
  const state: RunState = { status: "ok", cells: 0, metrics: outputs.metrics };
  const cells = notebook.cells.filter(isExecuted);
  const titles = cellTitles(notebook);
  let kernel: Kernel | undefined;
  try {
    sink.status?.("starting the kernel …");
    kernel = await startKernel(dirname(resolve(file)), { env, spec });
    for (const cell of cells) {
      if (signal?.aborted) state.status = "interrupted";
      if (state.status !== "ok") break;
      const title = titles.get(cell) ?? "";
      await executeCell(kernel, { cell, title, total: cells.length, state }, execution);
    }
  } catch (error) {
    if (!(error instanceof KernelDeathError)) throw error;
    state.status = "failed";
    state.error ??= startError(error);
  } finally {
    const graces = { ok: 3, failed: 1, interrupted: interruptGrace };
    await kernel?.shutdown({ grace: graces[state.status] });
  }
  return state;
}

interface CellRun {
  cell: Cell;
  title: string;
  total: number;
  state: RunState;
}

async function executeCell(kernel: Kernel, { cell, title, total, state }: CellRun, run: Execution): Promise<void> {
  const number = ++state.cells;
  const start = new Date();
  const outputs = gatherOutputs(cell, run.outputs);
  const place = `[${String(number).padStart(String(total).length)}/${total}]`;
  const finish = followCell(run.sink, `${place} ${title}`, outputs.lastText);
  cell.execution_count = number;
  const ended = await cellOutcome(kernel, { code: cell.source, hear: outputs.hear }, run);
  if (ended.failed) outputs.fail(ended.error);
  const allowed = ended.kind === "answer" && (!ended.failed || hasTag(cell, "raises-exception"));
  if (!allowed) {
    state.status = ended.kind === "interrupted" ? "interrupted" : "failed";
    state.error = { cell: number, title, ...shownError(cell, ended.error) };
  }
  for (const output of cell.outputs) if (output.output_type === "execute_result") output.execution_count = number;
  if (run.stamps) cell.metadata.papermill = runStamp(start, !allowed);
  finish(allowed ? "" : state.status);
  run.save();
}

/** The error that stands in the cell, or the one that would. */
function shownError(cell: Cell, error?: Error): Pick<RunError, "ename" | "evalue" | "traceback"> {
  for (const output of cell.outputs)
    if (output.output_type === "error")
      return { ename: output.ename, evalue: output.evalue, traceback: output.traceback };
  return { ename: error?.name ?? "Error", evalue: error?.message ?? "", traceback: [] };
}

function startError({ name, message }: Error): RunError {
  const traceback = message.split("\n");
  return { cell: 0, title: "", ename: name, evalue: traceback[0], traceback };
}
