import { basename, dirname, resolve } from "path";
import { gatherOutputs, type Metric, newRunOutputs, type RunOutputs } from "./cellOutputs";
import { cellTitles, notebookTitle } from "./headings";
import {
  type Cell,
  hasTag,
  isRecord,
  loadNotebook,
  type Notebook,
  saveNotebook,
  writeFileAtomically,
} from "./notebook";
import { fitParameters, injectParameters, readInjected, readParameters } from "./parameters";
import { duration, followCell, type ProgressSink } from "./progress";
import { type Kernel, KernelDeathError, startKernel, type StartOptions } from "./startKernel";
import { toHTML } from "./toHTML";
import { within } from "./within";

/** Options of `runNotebook`. */
export interface RunOptions extends Partial<ProgressSink> {
  /** Where the executed notebook goes; may be the notebook itself. */
  output: string;
  /** Where to write the page, if one is wanted. */
  html?: string;
  /** Values for the notebook's parameters; text is converted to the declared type. */
  parameters?: Record<string, unknown>;
  /** Seconds a cell may take; no limit by default. */
  cellTimeout?: number;
  /** Variables for the kernel on top of our own environment. */
  env?: Record<string, string>;
  /** Interrupts the cell that runs, and ends the run with what there is. */
  signal?: AbortSignal;
  /** Whether to note times and parameters in the metadata, as papermill does; true by default. */
  stamps?: boolean;
  /** Another kernel than this package's. */
  spec?: StartOptions["spec"];
}

/** How a run went. */
export interface RunResult {
  status: "ok" | "failed" | "interrupted";
  file: string;
  output: string;
  html?: string;
  seconds: number;
  /** Code cells that were executed, the failing one among them. */
  cells: number;
  /** All parameters with the values they had: the defaults and what was given. */
  parameters: Record<string, unknown>;
  /** What the lesson recorded. */
  metrics: Record<string, Metric>;
  error?: RunError;
}

/** What stopped a run: in which code cell, counted from 1 as the prompts are, 0 when none was reached. */
export interface RunError {
  cell: number;
  title: string;
  ename: string;
  evalue: string;
  traceback: string[];
}

const TIMEOUT_GRACE = 5; // seconds an interrupted cell has to answer before its kernel is ended
const ABORT_GRACE = 10; // the same after Ctrl-C: a training finishes its batch and keeps its weights

/**
 * Runs a notebook in a kernel of its own, whose folder is the notebook's, cell by cell. The output is saved before the
 * first cell and after every one; the first error stops the run, save in cells tagged `raises-exception`. Cells tagged
 * `skip-execution` stay as they are.
 *
 * Throws, before anything is run or written, a SyntaxError for a file that is no notebook and a RangeError for a
 * parameter that does not fit. What goes wrong later is told in the result.
 */
export async function runNotebook(file: string, options: RunOptions): Promise<RunResult> {
  const { output, html, log = () => {}, status } = options;
  const run = prepareRun(file, options, log);
  const save = () => saveNotebook(output, run.notebook);
  save();
  const state = await executeAll(run, { ...options, sink: { log, status }, save });
  stampNotebook(run, state);
  save();
  if (state.error) log(explain(file, state.error));
  const result: RunResult = { ...state, file, output, seconds: secondsSince(run.start), parameters: run.parameters };
  if (html) {
    writeFileAtomically(html, toHTML(run.notebook, pageFacts(file, run, result)));
    result.html = html;
  }
  return result;
}

/** One line, and the traceback, on what stopped a run. */
export function explain(file: string, error: RunError): string {
  const place = error.cell > 0 ? `, cell ${error.cell} (${error.title})` : "";
  const told = `${error.ename}: ${error.evalue}`;
  const trace = error.traceback.filter((line) => !told.includes(line.trim()));
  return [`${file}${place}: ${told}`, ...trace.map((line) => `    ${line}`)].join("\n");
}

interface Run {
  file: string;
  notebook: Notebook;
  /** The cells to execute. */
  cells: Cell[];
  titles: Map<Cell, string>;
  given: Record<string, unknown>;
  defaults: Record<string, unknown>;
  parameters: Record<string, unknown>;
  outputs: RunOutputs;
  start: Date;
  stamps: boolean;
}

type State = Pick<RunResult, "status" | "cells" | "metrics" | "error">;

function prepareRun(file: string, options: RunOptions, log: (line: string) => void): Run {
  const original = loadNotebook(file);
  checkLanguage(original, file);
  const declared = readParameters(original);
  const given = fitParameters(declared, options.parameters ?? {}, log);
  if (declared.length === 0 && Object.keys(given).length > 0)
    log(`${file} has no cell tagged parameters: the values are set before its first code cell`);
  const notebook = injectParameters(original, given);
  const defaults = Object.fromEntries(declared.map(({ name, value }) => [name, value]));
  const parameters = { ...defaults, ...readInjected(notebook) };
  const cells = notebook.cells.filter(
    (cell) => cell.cell_type === "code" && cell.source.trim() !== "" && !hasTag(cell, "skip-execution"),
  );
  for (const cell of notebook.cells) if (!hasTag(cell, "skip-execution")) clearCell(cell);
  notebook.metadata.kernelspec ??= { display_name: "TypeScript", language: "typescript", name: "tslab" };
  const { stamps = true } = options;
  if (!stamps) delete notebook.metadata.papermill;
  const titles = cellTitles(notebook);
  return {
    file,
    notebook,
    cells,
    titles,
    given,
    defaults,
    parameters,
    outputs: newRunOutputs(dirname(resolve(file))),
    start: new Date(),
    stamps,
  };
}

function checkLanguage({ metadata }: Notebook, file: string): void {
  const { name, language }: Record<string, unknown> = isRecord(metadata.kernelspec) ? metadata.kernelspec : {};
  if (name === undefined || language === "typescript" || /tslab|typescript/i.test(String(name))) return;
  throw new RangeError(`${file} is written for the kernel "${name}"; this runner has "tslab", for TypeScript`);
}

function clearCell(cell: Cell): void {
  cell.outputs = [];
  cell.execution_count = null;
  delete cell.metadata.papermill;
  delete cell.metadata.execution;
}

interface Execution extends RunOptions {
  sink: ProgressSink;
  save: () => void;
}

async function executeAll(run: Run, execution: Execution): Promise<State> {
  const state: State = { status: "ok", cells: 0, metrics: run.outputs.metrics };
  const { env, spec, signal, sink } = execution;
  let kernel: Kernel | undefined;
  try {
    sink.status?.("starting the kernel …");
    kernel = await startKernel(dirname(resolve(run.file)), { env, spec });
    for (const cell of run.cells) {
      if (signal?.aborted) state.status = "interrupted";
      if (state.status !== "ok") break;
      await executeCell({ run, cell, kernel, state }, execution);
    }
  } catch (error) {
    if (!(error instanceof KernelDeathError)) throw error;
    state.status = "failed";
    state.error ??= toRunError(error);
  } finally {
    await kernel?.shutdown({ grace: state.status === "interrupted" ? ABORT_GRACE : undefined });
  }
  return state;
}

interface CellRun {
  run: Run;
  cell: Cell;
  kernel: Kernel;
  state: State;
}

async function executeCell({ run, cell, kernel, state }: CellRun, execution: Execution): Promise<void> {
  const number = ++state.cells;
  const title = run.titles.get(cell) ?? "";
  const start = new Date();
  const outputs = gatherOutputs(cell, run.outputs);
  const total = String(run.cells.length);
  const place = `[${String(number).padStart(total.length)}/${total}]`;
  const finish = followCell(execution.sink, `${place} ${title}`, outputs.lastText);
  cell.execution_count = number;
  const ended = await outcomeOf(kernel, cell, { ...execution, hear: outputs.hear });
  const seconds = secondsSince(start);
  if (ended.failed) outputs.fail(ended.error);
  const failure = cell.outputs.find((output) => output.output_type === "error");
  const allowed = ended.kind === "answer" && hasTag(cell, "raises-exception");
  if (ended.kind !== "answer" || (ended.failed && !allowed)) {
    state.status = ended.kind === "interrupted" ? "interrupted" : "failed";
    const { ename, evalue, traceback } = failure?.output_type === "error" ? failure : INTERRUPTED;
    state.error = { cell: number, title, ename, evalue, traceback };
  }
  for (const output of cell.outputs)
    if (output.output_type === "execute_result") output.execution_count = cell.execution_count;
  if (run.stamps) cell.metadata.papermill = cellStamp(start, seconds, state.error ? "failed" : "completed");
  finish(state.error ? (state.status === "interrupted" ? "interrupted" : "failed") : "");
  execution.save();
}

/** How a cell ended: on its own, or not; whether an error is to be shown, and which where it is not the kernel's. */
interface Outcome {
  kind: "answer" | "timeout" | "interrupted" | "dead";
  failed: boolean;
  error?: Error;
}

async function outcomeOf(
  kernel: Kernel,
  cell: Cell,
  { cellTimeout, signal, hear }: RunOptions & { hear: Parameters<Kernel["execute"]>[1] },
): Promise<Outcome> {
  const stop = stopper(cellTimeout, signal);
  const reply: Promise<Outcome> = kernel.execute(cell.source, hear).then(
    ({ status }) => ({ kind: "answer", failed: status !== "ok" }),
    (error: Error) => ({ kind: "dead", failed: true, error }),
  );
  try {
    const first = await Promise.race([reply, stop.reason]);
    if (typeof first !== "string") return first;
    kernel.interrupt();
    const answer = await within(first === "timeout" ? TIMEOUT_GRACE : ABORT_GRACE, reply);
    if (!answer) await kernel.shutdown({ grace: 0 });
    if (first === "interrupted") return { kind: first, failed: answer?.failed ?? false };
    const error = new CellTimeoutError(timeoutText(cellTimeout as number, answer !== undefined));
    return { kind: first, failed: true, error };
  } finally {
    stop.forget();
  }
}

const INTERRUPTED = { ename: "Interrupted", evalue: "the run was stopped on request", traceback: [] };

class CellTimeoutError extends Error {
  override name = "CellTimeoutError";
}

function timeoutText(limit: number, answered: boolean): string {
  const end = answered ? "was interrupted" : "did not react to an interrupt, so its kernel was ended";
  return `the cell ran longer than its limit of ${duration(limit * 1000)} and ${end}`;
}

function stopper(timeout: number | undefined, signal: AbortSignal | undefined) {
  let forget = () => {};
  const reason = new Promise<"timeout" | "interrupted">((resolve) => {
    const timer = timeout === undefined ? undefined : setTimeout(() => resolve("timeout"), timeout * 1000);
    const onAbort = () => resolve("interrupted");
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort);
    forget = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
  });
  return { reason, forget };
}

function toRunError({ name, message }: Error): RunError {
  const traceback = message.split("\n");
  return { cell: 0, title: "", ename: name, evalue: traceback[0], traceback };
}

function cellStamp(start: Date, seconds: number, status: "completed" | "failed") {
  const end = new Date(start.getTime() + seconds * 1000);
  return {
    start_time: start.toISOString(),
    end_time: end.toISOString(),
    duration: seconds,
    exception: status === "failed",
    status,
  };
}

function stampNotebook(run: Run, state: State): void {
  if (!run.stamps) return;
  run.notebook.metadata.papermill = {
    ...cellStamp(run.start, secondsSince(run.start), state.status === "ok" ? "completed" : "failed"),
    default_parameters: run.defaults,
    parameters: run.given,
    input_path: basename(run.file),
  };
}

function pageFacts(file: string, run: Run, result: RunResult) {
  const { start, parameters } = run;
  const title = notebookTitle(run.notebook, basename(file, ".ipynb"));
  return { title, date: start, parameters, seconds: result.seconds, metrics: result.metrics, folder: dirname(file) };
}

function secondsSince(start: Date): number {
  return Math.round(Date.now() - start.getTime()) / 1000;
}
