import { shownNumber } from "../text";
import { display } from "./display";

/** The form in which the runner finds what a notebook has measured: `{ name, value }`. */
export const RECORD_MIME = "application/vnd.atelier.record+json";

/**
 * Shows "name = value" and keeps it in the notebook, where the runner collects it into the summary of the run.
 *
 * @throws RangeError when the value is a number that is not finite
 */
export function record(name: string, value: number | string | boolean): void {
  if (typeof value === "number" && !Number.isFinite(value))
    throw new RangeError(`record(): "${name}" is ${value}; record finite numbers only, or the text of the value`);
  display({
    [RECORD_MIME]: { name, value },
    "text/plain": `${name} = ${typeof value === "number" ? shownNumber(value) : value}`,
  });
}
