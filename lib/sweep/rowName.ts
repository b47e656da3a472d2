import { createHash } from "node:crypto";
import { isExecuted, type Notebook } from "../runner/notebook";
import type { RowValues } from "./gridRows";

/**
 * A row's name: twelve hexadecimal digits of a hash of what decides its outcome, as far as the notebook says: the code cells
 * with their tags, and the values of all parameters. Outputs, prose and the order of the values change nothing.
 *
 * @param values - of every parameter, the defaults among them
 */
export function rowName({ cells }: Notebook, values: RowValues): string {
  const code = cells.filter(isExecuted).map(({ source, metadata }) => [source, metadata.tags ?? []]);
  const sorted = Object.keys(values)
    .sort()
    .map((name) => [name, values[name]]);
  return createHash("sha256")
    .update(JSON.stringify([code, sorted]))
    .digest("hex")
    .slice(0, 12);
}
