import { shownPath } from "../files";
import type { RunResult } from "./runNotebook";

/** How notebooks ran, for programs to read; `version` changes when a name changes its meaning. */
export type Report = ReturnType<typeof toReport>;

/**
 * Results of runs as plain JSON: for each notebook its status, time, parameters, recorded metrics and curves, and cells. Paths within
 * the project count from its root.
 */
export function toReport(results: RunResult[], versions: Record<string, string> = {}) {
  const ok = results.every(({ status }) => status === "ok");
  return { version: 1, status: ok ? "ok" : "failed", versions, notebooks: results.map(toNotebookReport) };
}

function toNotebookReport({ file, output, html, date, results, ...rest }: RunResult) {
  const {
    status,
    seconds,
    cells: executed,
    parameters,
    metrics,
    curves = {},
    backend = null,
    reusedEpochs,
    error = null,
  } = rest;
  return {
    file: shownPath(file),
    output: shownPath(output),
    html: html ? shownPath(html) : null,
    started: date.toISOString(),
    ...{ status, seconds, executed, parameters, metrics, curves, backend, reusedEpochs, error },
    cells: results,
  };
}
