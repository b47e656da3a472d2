import type { Notebook } from "../runner/notebook";
import { readParameters } from "../runner/parameters/readParameters";
import type { RowValues } from "./gridRows";
import { rowName } from "./rowName";
import type { SweepRow } from "./sweepFolder";

/** Rows with these values, each once, named by them and by the notebook's own values of all other parameters. */
export function namedRows(notebook: Notebook, values: readonly RowValues[]): SweepRow[] {
  const defaults = Object.fromEntries(readParameters(notebook).map(({ name, value }) => [name, value]));
  const rows = new Map(values.map((own) => [rowName(notebook, { ...defaults, ...own }), own]));
  return Array.from(rows, ([id, parameters]) => ({ id, parameters }));
}
