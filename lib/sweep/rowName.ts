import { createHash } from "node:crypto";
import type { RowValues } from "./gridRows";
import type { Subject } from "./loadSubject";

/**
 * A row's name: twelve hexadecimal digits of a hash of what decides its outcome, as far as the notebook or the script says: the
 * code cells with their tags or the text, and the values of all parameters. The order of the values changes nothing.
 *
 * @param values - of every parameter, the defaults of a notebook among them
 */
export function rowName({ code }: Pick<Subject, "code">, values: RowValues): string {
  const sorted = Object.keys(values)
    .sort()
    .map((name) => [name, values[name]]);
  return createHash("sha256")
    .update(JSON.stringify([code, sorted]))
    .digest("hex")
    .slice(0, 12);
}
