import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { isExecuted, type Notebook } from "../runner/notebook";
import { type Parameter, readParameters } from "../runner/parameters/readParameters";
import { loadNotebook } from "../runner/parseNotebook";

/** What a sweep runs with many values: a notebook or a script. */
export interface Subject {
  /** What of it decides the outcome beside the values, as JSON: a notebook's code cells with their tags, a script's text. */
  code: unknown;
  /** The parameters that a notebook declares; undefined for a script, which says nothing of those that it takes. */
  parameters?: Parameter[];
}

/**
 * Reads what a sweep is to run.
 *
 * @throws SyntaxError for a file that is neither a notebook nor, by its ending, a script; Node's error where it cannot be read
 */
export function loadSubject(file: string): Subject {
  return isScript(file) ? { code: readFileSync(file, "utf8") } : subjectOf(loadNotebook(file));
}

/** A notebook as what a sweep runs. Outputs and prose are no part of it. */
export function subjectOf(notebook: Notebook): Subject {
  const code = notebook.cells.filter(isExecuted).map(({ source, metadata }) => [source, metadata.tags ?? []]);
  return { code, parameters: readParameters(notebook) };
}

/** Whether a file is a script, by its ending. */
export function isScript(file: string): boolean {
  return [".ts", ".js", ".mjs", ".cjs"].includes(extname(file).toLowerCase());
}

/** The parameter of this name: of a script one that takes any value; undefined where a notebook does not declare it. */
export function parameterOf({ parameters }: Pick<Subject, "parameters">, name: string): Parameter | undefined {
  if (parameters) return parameters.find((parameter) => parameter.name === name);
  return { name, type: "JSON", value: undefined, keyword: "const", annotated: false, shape: { kind: "anything" } };
}
