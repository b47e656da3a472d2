import { basename, dirname, resolve } from "path";
import { replaceFile } from "../files";
import type { CellLimits } from "./cellOutcome";
import { newRunOutputs } from "./cellOutputs";
import { executeCells, type RunError, type RunState } from "./executeCells";
import { notebookTitle } from "./headings";
import { saveNotebook } from "./formatNotebook";
import { hasTag, isRecord, type Notebook } from "./notebook";
import { loadNotebook } from "./parseNotebook";
import { fitParameters, injectParameters, readInjected, readParameters } from "./parameters";
import type { ProgressSink } from "./progress";
import { runStamp } from "./runStamps";
import type { StartOptions } from "./startKernel";
import { toHTML } from "./toHTML";

/** Options of `runNotebook`. */
export interface RunOptions extends Partial<ProgressSink>, CellLimits, Pick<StartOptions, "env" | "spec"> {
  /** Where the executed notebook goes; may be the notebook itself. */
  output: string;
  /** Where to write the page, if one is wanted; one that cannot be written is told in the log and costs nothing else. */
  html?: string;
  /** Values for the notebook's parameters; text is converted to the declared type. */
  parameters?: Record<string, unknown>;
  /** Whether to note times and parameters in the metadata, as papermill does; true by default. */
  stamps?: boolean;
}

/** How a run went. */
export interface RunResult extends RunState {
  file: string;
  output: string;
  /** The page, where one was wanted and written. */
  html?: string;
  seconds: number;
  /** All parameters with the values they had: the defaults and what was given. */
  parameters: Record<string, unknown>;
}

/**
 * Runs a notebook in a kernel of its own, whose folder is the notebook's, cell by cell. The output is saved before the
 * first cell and after every one; the first error stops the run, save in cells tagged `raises-exception`. Cells tagged
 * `skip-execution` stay as they are.
 *
 * Throws, before anything is run or written, a SyntaxError for a file that is no notebook and a RangeError for a
 * parameter that does not fit. What goes wrong later is told in the result.
 */
export async function runNotebook(file: string, options: RunOptions): Promise<RunResult> {
  const { output, html, log = () => {}, status, stamps = true } = options;
  const start = new Date();
  const { notebook, given, defaults, parameters } = prepare(file, options.parameters ?? {}, log);
  if (!stamps) delete notebook.metadata.papermill;
  const save = () => saveNotebook(output, notebook);
  save();
  const outputs = newRunOutputs(dirname(resolve(file)));
  const state = await executeCells(notebook, { ...options, file, outputs, sink: { log, status }, save, stamps });
  const stamp = runStamp(start, state.status !== "ok");
  const said = { default_parameters: defaults, parameters: given, input_path: basename(file) };
  if (stamps) notebook.metadata.papermill = { ...stamp, ...said };
  save();
  if (state.error) log(explain(file, state.error));
  const result: RunResult = { ...state, file, output, seconds: stamp.duration, parameters };
  if (!html) return result;
  try {
    const title = notebookTitle(notebook, basename(file, ".ipynb"));
    replaceFile(html, toHTML(notebook, { ...result, title, date: start, folder: dirname(file) }));
    return { ...result, html };
  } catch (error) {
    log(`the page ${html} could not be written: ${(error as Error).message.split("\n")[0]}`);
    return result;
  }
}

/** One line, and the traceback, on what stopped a run. */
function explain(file: string, error: RunError): string {
  const place = error.cell > 0 ? `, cell ${error.cell} (${error.title})` : "";
  const told = `${error.ename}: ${error.evalue}`;
  const trace = error.traceback.filter((line) => !told.includes(line.trim()));
  return [`${file}${place}: ${told}`, ...trace.map((line) => `    ${line}`)].join("\n");
}

/** The notebook with its values set and its old outputs gone. */
function prepare(file: string, values: Record<string, unknown>, log: (line: string) => void) {
  const original = loadNotebook(file);
  checkLanguage(original, file);
  const declared = readParameters(original);
  const given = fitParameters(declared, values, log);
  if (declared.length === 0 && Object.keys(given).length > 0)
    log(`${file} has no cell tagged parameters: the values are set before its first code cell`);
  const notebook = injectParameters(original, given);
  for (const cell of notebook.cells) {
    if (hasTag(cell, "skip-execution")) continue;
    cell.outputs = [];
    cell.execution_count = null;
    delete cell.metadata.papermill;
    delete cell.metadata.execution;
  }
  notebook.metadata.kernelspec ??= { display_name: "TypeScript", language: "typescript", name: "tslab" };
  const defaults = Object.fromEntries(declared.map(({ name, value }) => [name, value]));
  return { notebook, given, defaults, parameters: { ...defaults, ...readInjected(notebook) } };
}

function checkLanguage({ metadata }: Notebook, file: string): void {
  const { name, language }: Record<string, unknown> = isRecord(metadata.kernelspec) ? metadata.kernelspec : {};
  if (name === undefined || language === "typescript" || /tslab|typescript/i.test(String(name))) return;
  throw new RangeError(`${file} is written for the kernel "${name}"; this runner has "tslab", for TypeScript`);
}
