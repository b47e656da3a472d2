import type { RowValues } from "./gridRows";
import type { Subject } from "./loadSubject";
import { rowName } from "./rowName";
import type { SweepRow } from "./sweepFolder";

/** Rows with these values, each once, named by them and by the notebook's own values of all other parameters. */
export function namedRows(subject: Subject, values: readonly RowValues[]): SweepRow[] {
  const defaults = Object.fromEntries((subject.parameters ?? []).map(({ name, value }) => [name, value]));
  const rows = new Map(values.map((own) => [rowName(subject, { ...defaults, ...own }), own]));
  return Array.from(rows, ([id, parameters]) => ({ id, parameters }));
}
