import { groupValues } from "./groupValues";
import type { ScoredRow } from "./scoredSweep";

/** Rows with the same, or neighbouring, values of a parameter. */
export interface RowGroup {
  label: string;
  rows: ScoredRow[];
}

/** Groups rows by their values of a parameter, as `groupValues` does. */
export function groupRows(rows: readonly ScoredRow[], name: string): RowGroup[] {
  const groups = groupValues(rows.map(({ row }) => row.parameters[name]));
  return groups.map((group) => ({ label: group.label, rows: group.rows.map((index) => rows[index]) }));
}
