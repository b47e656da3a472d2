import { dirname, resolve } from "path";
import { ABORT_GRACE } from "./cellOutcome";
import { type CellSettings, executeCell } from "./executeCell";
import { cellTitles } from "./headings";
import { takeRecord } from "./metrics";
import { type Cell, hasTag, isExecuted, type Notebook } from "./notebook";
import { hasWork, type RunPlan } from "./runPlan";
import type { CellResult, RunError, RunState } from "./runState";
import { OUTSIDE } from "./planReruns";
import { type Kernel, KernelDeathError, startKernel, type StartOptions } from "./startKernel";

/** What a run needs beside its notebook. */
export interface Execution extends CellSettings, Pick<StartOptions, "env" | "spec"> {
  /** The notebook's file, in whose folder the kernel runs. */
  file: string;
  /** Which cells to run. */
  plan: RunPlan;
  /** Whether the cells after a failed one are run. */
  allowErrors: boolean;
  /** Called after every cell. */
  save: () => void;
  /** Called with each error. */
  onError: (error: RunError) => void;
}

/**
 * Runs the code cells of a notebook as planned, in a fresh kernel, and fills in their outputs; where none is to run, it
 * starts none. The notebook gets the kernel's own `language_info`, so that JupyterLab, which does the same, finds nothing to
 * change when it opens the file.
 */
export async function executeCells(notebook: Notebook, execution: Execution): Promise<RunState> {
  const { file, outputs, sink, env, spec, interruptGrace = ABORT_GRACE } = execution;
  const planned = planCells(notebook, execution.plan);
  takeRecords(notebook, execution);
  const results = planned.map(({ result }) => result);
  const state: RunState = { status: "ok", cells: 0, metrics: outputs.metrics, curves: outputs.curves, results };
  if (!hasWork(execution.plan)) return state;
  let kernel: Kernel | undefined;
  try {
    sink.status?.("starting the kernel …");
    kernel = await startKernel(dirname(resolve(file)), { env, spec });
    if (kernel.language) notebook.metadata.language_info = kernel.language;
    await runPlan(kernel, planned, { notebook, state, execution });
  } catch (error) {
    if (!(error instanceof KernelDeathError)) throw error;
    state.status = "failed";
    state.error ??= startError(error);
    execution.onError(state.error);
  } finally {
    const graces = { ok: 3, failed: 1, interrupted: interruptGrace };
    await kernel?.shutdown({ grace: execution.hurry?.aborted ? 0 : graces[state.status] });
  }
  return state;
}

/** What cells have recorded that keep their outputs, as long as they do not run. */
function takeRecords({ cells }: Notebook, { plan: { turns }, outputs: records }: Execution): void {
  const kept = cells.filter((cell) => (turns.get(cell) ?? OUTSIDE) !== OUTSIDE);
  for (const output of kept.flatMap(({ outputs }) => outputs)) if ("data" in output) takeRecord(output.data, records);
}

interface PlannedCell {
  cell: Cell;
  result: CellResult;
}

/** Every code cell with something in it, with a result that says it was not run. */
function planCells(notebook: Notebook, { turns }: RunPlan): PlannedCell[] {
  const titles = cellTitles(notebook);
  const cells = notebook.cells.filter((cell) => cell.cell_type === "code" && cell.source.trim() !== "");
  const executed = cells.filter(isExecuted);
  return cells.map((cell) => {
    const isSkipped = hasTag(cell, "skip-execution");
    const turn = turns.get(cell);
    const isLeftOut = turn !== undefined && turn !== "run" && turn !== "quiet";
    const why = isSkipped ? "tagged skip-execution" : isLeftOut ? turn : "the run ended before it";
    const title = titles.get(cell) ?? "";
    const number = isSkipped ? null : executed.indexOf(cell) + 1;
    return { cell, result: { cell: number, id: cell.id, title, status: "skipped", seconds: 0, why } };
  });
}

interface Running {
  notebook: Notebook;
  state: RunState;
  execution: Execution;
}

async function runPlan(kernel: Kernel, planned: PlannedCell[], { notebook, state, execution }: Running): Promise<void> {
  const { plan, signal, allowErrors, save, onError, sink } = execution;
  const queue = planned.filter(({ result }) => result.cell !== null);
  for (const [index, { cell, result }] of queue.entries()) {
    if (signal?.aborted) state.status = "interrupted";
    if (state.status === "interrupted" || (state.status === "failed" && !allowErrors)) return;
    const turn = plan.turns.get(cell);
    const label = `[${String(index + 1).padStart(String(queue.length).length)}/${queue.length}] ${result.title}`;
    if (turn !== "run" && turn !== "quiet") {
      if (turn !== OUTSIDE) sink.log(`${label}  ${turn}`);
      continue;
    }
    state.cells++;
    const goesOn = await executeCell(kernel, { notebook, cell, result, label, isQuiet: turn === "quiet" }, execution);
    save();
    if (result.status !== "ok") state.status = result.status as RunState["status"];
    if (result.error) onError(noted(state, { cell: index + 1, title: result.title, ...result.error }));
    if (!goesOn) return;
  }
}

/** The first error is the run's. */
function noted(state: RunState, error: RunError): RunError {
  state.error ??= error;
  return error;
}

function startError({ name, message }: Error): RunError {
  const traceback = message.split("\n");
  return { cell: 0, title: "", ename: name, evalue: traceback[0], traceback };
}
