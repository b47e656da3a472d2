import { basename, dirname, resolve } from "path";
import { replaceFile } from "../files";
import type { CellLimits } from "./cellOutcome";
import { newRunOutputs } from "./cellOutputs";
import { executeCells } from "./executeCells";
import { withBanner } from "./failureBanner";
import { saveNotebook } from "./formatNotebook";
import { notebookTitle } from "./headings";
import type { Notebook } from "./notebook";
import { ownSettings } from "./ownSettings";
import { type PrepareOptions, prepareNotebook } from "./prepareNotebook";
import type { ProgressSink } from "./progress";
import type { RunError, RunState } from "./runState";
import { runStamp } from "./runStamps";
import type { StartOptions } from "./startKernel";
import { toHTML } from "./toHTML";
import { type TrainingFacts, trainingFacts } from "./trainingFacts";

/** Options of `runNotebook`. */
export interface RunOptions
  extends Partial<ProgressSink>, CellLimits, PrepareOptions, Pick<StartOptions, "env" | "spec"> {
  /** Where the executed notebook goes; may be the notebook itself. */
  output: string;
  /** Where to write the page, if one is wanted; one that cannot be written is told in the log and costs nothing else. */
  html?: string;
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
  const { output, html, log = () => {}, status, stamps = true, allowErrors = false } = options;
  const date = new Date();
  const { notebook, range, defaults, parameters } = prepareNotebook(file, options, log);
  if (!stamps) delete notebook.metadata.papermill;
  const { timeout } = ownSettings(notebook);
  const save = () => saveNotebook(output, notebook);
  save();
  const state = await executeCells(notebook, {
    ...options,
    ...{ file, range, save, stamps, allowErrors, cellTimeout: options.cellTimeout ?? timeout },
    outputs: newRunOutputs(dirname(resolve(file))),
    sink: { log, status },
    onError: (error) => log(explain(file, error)),
  });
  const stamp = runStamp(date, state.status !== "ok");
  const said = { default_parameters: defaults, parameters: options.parameters ?? {}, input_path: basename(file) };
  if (stamps) notebook.metadata.papermill = { ...stamp, ...said };
  saveNotebook(output, withBanner(notebook));
  const facts = trainingFacts(notebook);
  const result: RunResult = { ...state, ...facts, file, output, date, seconds: stamp.duration, parameters };
  return html && writePage(html, notebook, { result, log }) ? { ...result, html } : result;
}

/** Writes the page; where that does not work, says why and gives false. */
function writePage(html: string, notebook: Notebook, { result, log }: { result: RunResult } & ProgressSink): boolean {
  const { file } = result;
  try {
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
