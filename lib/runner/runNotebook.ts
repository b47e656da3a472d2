import { basename, dirname, resolve } from "path";
import { replaceFile } from "../files";
import type { CellLimits } from "./cellOutcome";
import { newRunOutputs } from "./cellOutputs";
import { executeCells } from "./executeCells";
import { withBanner } from "./failureBanner";
import { saveNotebook } from "./formatNotebook";
import { notebookTitle } from "./headings";
import { noteKeys } from "./noteKeys";
import type { Cell, Notebook } from "./notebook";
import { ownSettings } from "./ownSettings";
import { type PreparedNotebook, type PrepareOptions, prepareNotebook } from "./prepareNotebook";
import type { ProgressSink } from "./progress";
import { readRanKey } from "./ranKey";
import { clearOutputs, hasWork, planAll, type RunPlan } from "./runPlan";
import type { RunError, RunState } from "./runState";
import { runStamp } from "./runStamps";
import type { StartOptions } from "./startKernel";
import { type TrainingFacts, trainingFacts } from "./trainingFacts";

/** Options of `runNotebook`. */
export interface RunOptions
  extends Partial<ProgressSink>, CellLimits, PrepareOptions, Pick<StartOptions, "env" | "spec"> {
  /** Where the executed notebook goes; may be the notebook itself. */
  output: string;
  /** Where to write the page, if one is wanted; one that cannot be written is told in the log and costs nothing else. */
  html?: string;
  /**
   * Whether to run only the cells that have changed since the run that wrote `output`, or was saved in `file`, and those
   * that depend on them; false by default.
   */
  changed?: boolean;
  /** Whether to note times and parameters in the metadata, as papermill does; true by default. */
  stamps?: boolean;
  /** Whether to go on after an error; false by default. The run counts as failed all the same. */
  allowErrors?: boolean;
}

/** How a run went. */
export interface RunResult extends RunState, TrainingFacts {
  file: string;
  output: string;
  /** The page, where one was wanted and written. */
  html?: string;
  /** When it began. */
  date: Date;
  seconds: number;
  /** All parameters with the values they had: the defaults and what was given. */
  parameters: Record<string, unknown>;
}

/**
 * Runs a notebook in a kernel of its own, whose folder is the notebook's, cell by cell. The output is saved before the
 * first cell and after every one; the first error stops the run, save in cells tagged `raises-exception` and in a
 * notebook whose metadata hold `execution.allow_errors`. Cells tagged `skip-execution` stay as they are. The time limit
 * of a cell is `cellTimeout`, or else `execution.timeout` of the metadata. What goes wrong in the kernel or in a cell
 * is told in the result.
 *
 * @throws SyntaxError for a file that is no notebook, RangeError for one of another language, a parameter that does not
 * fit or a cell that is not there, each before anything is run or written; Node's error where the notebook cannot be
 * read or the output cannot be written
 */
export async function runNotebook(file: string, options: RunOptions): Promise<RunResult> {
  const { output, html, log = () => {}, status, stamps = true, allowErrors = false, changed = false } = options;
  const date = new Date();
  const { notebook, defaults, parameters, ...prepared } = prepareNotebook(file, options, log);
  const plan = await planOf({ notebook, ...prepared }, file, options);
  if (!stamps) delete notebook.metadata.papermill;
  clearOutputs(notebook, plan);
  const { timeout } = ownSettings(notebook);
  const uses = new Map(plan.uses);
  const outputs = newRunOutputs(dirname(resolve(file)));
  const save = () => {
    outputs.widgets.note(notebook);
    saveNotebook(output, notebook);
  };
  save();
  const state = await executeCells(notebook, {
    ...options,
    ...{ file, plan, save, stamps, allowErrors, cellTimeout: options.cellTimeout ?? timeout },
    outputs,
    sink: { log, status },
    onError: (error) => log(explain(file, error)),
    onUses: (cell, known) => uses.set(cell, known),
  });
  if (plan.uses && !hasWork(plan)) log(`nothing has changed since ${lastRun(notebook)}`);
  if (stamps || changed) noteKeys(notebook, { uses, isFresh: freshIn(plan, state), date: new Date() });
  const stamp = runStamp(date, state.status !== "ok");
  const said = { default_parameters: defaults, parameters: options.parameters ?? {}, input_path: basename(file) };
  if (stamps && hasWork(plan)) notebook.metadata.papermill = { ...stamp, ...said };
  saveNotebook(output, withBanner(notebook));
  const facts = trainingFacts(notebook);
  const result: RunResult = { ...state, ...facts, file, output, date, seconds: stamp.duration, parameters };
  return html && (await writePage(html, notebook, { result, log })) ? { ...result, html } : result;
}

/** All cells, or with `from` and `changed` those that need to run. */
async function planOf(
  { notebook, range }: Pick<PreparedNotebook, "notebook" | "range">,
  file: string,
  options: RunOptions,
): Promise<RunPlan> {
  const { output, from, changed = false } = options;
  if (from === undefined && !changed) return planAll(notebook, range);
  const { planChanged } = await import("./planChanged"); // the compiler, which takes a while to load
  return planChanged(notebook, { file, output, range, isFirstAsked: from !== undefined, isStrict: changed });
}

/** The cells that have new outputs. */
function freshIn({ turns }: RunPlan, { results }: RunState): (cell: Cell) => boolean {
  const fine = new Set(results.filter(({ status }) => status === "ok").map(({ id }) => id));
  return (cell) => turns.get(cell) === "run" && fine.has(cell.id);
}

/** When the cell ran that ran last. */
function lastRun({ cells }: Notebook): string {
  const dates = cells.map((cell) => readRanKey(cell)?.ran ?? "").sort();
  const last = dates[dates.length - 1];
  return last ? new Date(last).toLocaleString("sv") : "it was written: it has no code"; // 2026-05-31 18:30:00
}

/** Writes the page; where that does not work, says why and gives false. */
async function writePage(
  html: string,
  notebook: Notebook,
  { result, log }: { result: RunResult } & ProgressSink,
): Promise<boolean> {
  const { file } = result;
  try {
    const { toHTML } = await import("./toHTML"); // which most commands do not need
    const title = notebookTitle(notebook, basename(file, ".ipynb"));
    replaceFile(html, toHTML(notebook, { ...result, title, folder: dirname(file), pageFolder: dirname(html) }));
    return true;
  } catch (error) {
    log(`the page ${html} could not be written: ${(error as Error).message.split("\n")[0]}`);
    return false;
  }
}

/** One line, and the traceback, on what stopped a run. */
function explain(file: string, error: RunError): string {
  const place = error.cell > 0 ? `, cell ${error.cell} (${error.title})` : "";
  const headline = `${error.ename}: ${error.evalue}`;
  const trace = error.traceback.filter((line) => !headline.includes(line.trim()));
  return [`${file}${place}: ${headline}`, ...trace.map((line) => `    ${line}`)].join("\n");
}
