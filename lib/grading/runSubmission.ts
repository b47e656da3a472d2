import type { CellLimits } from "../runner/cellOutcome";
import { newRunOutputs } from "../runner/cellOutputs";
import { executeCell } from "../runner/executeCell";
import { type Cell, isExecuted, type Notebook } from "../runner/notebook";
import type { CellError, CellResult } from "../runner/runState";
import { type LimitedKernel, type ResourceLimits, startLimited } from "./limitedKernel";
import type { RestoredCell } from "./restore";
import type { Sandbox } from "./sandbox";

/** How much time and memory a submission may take. */
export interface GradingLimits extends ResourceLimits {
  /** Seconds of a cell. */
  cell: number;
  /** Seconds of the whole notebook. */
  notebook: number;
}

/** How a cell went. */
export interface CellRun {
  status: "ok" | "error" | "timeout" | "killed" | "not run";
  error?: CellError;
  /** Whether some of its output was left out. */
  wasCut: boolean;
}

/** What `runSubmission` works with. */
export interface SubmissionRun {
  sandbox: Sandbox;
  limits: GradingLimits;
  /** Ends it before all cells have run. */
  signal?: AbortSignal;
  /** Called before each cell with its number from 0. */
  onCell?: (index: number) => void;
}

const MOST_STARTS = 4; // of kernels, one after the other

/**
 * Runs the cells of a submission in a sandbox and fills in their outputs. An error does not stop the others. A cell that
 * takes too long is interrupted; where its kernel does not survive that, or is ended by a cell, another kernel runs the
 * cells before once more, without those that were stopped, and goes on behind.
 *
 * @returns how each cell went, in their order
 */
export async function runSubmission(cells: RestoredCell[], run: SubmissionRun): Promise<CellRun[]> {
  const { sandbox, limits, signal } = run;
  const runs = cells.map((): CellRun => ({ status: "not run", wasCut: false }));
  const deadline = Date.now() + limits.notebook * 1000;
  const isOver = () => signal?.aborted || Date.now() >= deadline;
  const work: Work = { cells, runs, run, deadline, notebook: emptyNotebook(), place: 0 };
  for (let starts = 0; starts < MOST_STARTS && work.place < cells.length && !isOver(); starts++) {
    const kernel = await startLimited(sandbox, limits);
    try {
      if (await repeatBefore(kernel, work)) await runOn(kernel, work, isOver);
    } finally {
      await kernel.shutdown({ grace: 0.5 });
    }
  }
  return runs;
}

interface Work {
  cells: RestoredCell[];
  runs: CellRun[];
  run: SubmissionRun;
  /** Milliseconds of the clock. */
  deadline: number;
  notebook: Notebook;
  /** The next cell to run. */
  place: number;
}

/** Runs again what a kernel before had run, for what it declares. Resolves to whether the kernel is there after it. */
async function repeatBefore(kernel: LimitedKernel, work: Work): Promise<boolean> {
  for (const [index, { status }] of work.runs.slice(0, work.place).entries()) {
    if ((status !== "ok" && status !== "error") || !isExecuted(work.cells[index].cell)) continue;
    const { lives } = await runOne(kernel, work, { index, isQuiet: true });
    if (lives) continue;
    work.runs[index] = { ...work.runs[index], status: "killed" };
    return false;
  }
  return true;
}

async function runOn(kernel: LimitedKernel, work: Work, isOver: () => boolean | undefined): Promise<void> {
  while (work.place < work.cells.length && !isOver()) {
    const index = work.place;
    if (!isExecuted(work.cells[index].cell)) {
      work.runs[index] = { status: "ok", wasCut: false };
      work.place++;
      continue;
    }
    work.run.onCell?.(index);
    const { result, lives } = await runOne(kernel, work, { index, isQuiet: false });
    if (work.run.signal?.aborted) return;
    work.runs[index] = toCellRun(result, kernel);
    if (work.runs[index].status === "killed") showDeath(work.cells[index].cell, work.runs[index]);
    work.place++;
    if (!lives) return;
  }
}

/** Runs a cell, a check with checks that nobody has touched. */
async function runOne(kernel: LimitedKernel, work: Work, { index, isQuiet }: { index: number; isQuiet: boolean }) {
  const { cell, check } = work.cells[index];
  const { sandbox, limits, signal } = work.run;
  const source = check ? cell.source.replace(/(["'])\.\/lib\/course\//g, `$1${sandbox.freshChecks()}`) : cell.source;
  const result: CellResult = { cell: index + 1, id: cell.id, title: "", status: "skipped", seconds: 0 };
  const left = Math.max(0.1, (work.deadline - Date.now()) / 1000);
  const settings: CellLimits = {
    cellTimeout: Math.min(limits.cell, left),
    signal,
    interruptGrace: signal?.aborted ? 1 : 3,
  };
  const turn = { notebook: work.notebook, cell: { ...cell, source }, result, label: "", isQuiet };
  const outputs = newRunOutputs(sandbox.folder);
  const lives = await executeCell(kernel, turn, { ...settings, outputs, sink: { log: () => {} }, stamps: false });
  if (!isQuiet) Object.assign(cell, { outputs: turn.cell.outputs, execution_count: result.cell });
  return { result, lives };
}

function toCellRun({ status, error }: CellResult, kernel: LimitedKernel): CellRun {
  const wasCut = kernel.wasCut();
  if (status === "ok") return { status: "ok", wasCut };
  if (error?.ename === "CellTimeoutError") return { status: "timeout", error, wasCut };
  if (error?.ename !== "KernelDeathError") return { status: "error", error, wasCut };
  const isMemory = kernel.tookTooMuch() || /heap out of memory/.test(error.traceback.join());
  const evalue = isMemory ? MEMORY : `The cell ended the kernel${/ \([^)]*\)/.exec(error.evalue)?.[0] ?? ""}.`;
  return { status: "killed", error: { ename: error.ename, evalue, traceback: [evalue] }, wasCut };
}

const MEMORY = "The cell took more memory than there is for it, so its kernel was ended.";

/** In place of the kernel's last words, which are about the sandbox. */
function showDeath(cell: Cell, { error }: CellRun): void {
  const shown = cell.outputs.filter(({ output_type }) => output_type !== "error");
  cell.outputs = [...shown, { output_type: "error", ...error! }];
}

function emptyNotebook(): Notebook {
  return { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };
}
