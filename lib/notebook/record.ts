import { shownNumber } from "../text";
import { appendRecords } from "./appendRecords";
import { display, inNotebook } from "./display";

/** The form in which the runner finds what a notebook has measured: `{ name, value }`, or a list of these. */
export const RECORD_MIME = "application/vnd.atelier.record+json";

/**
 * Shows "name = value" and keeps it in the notebook, where the runner collects it into the summary of the run. A list has one
 * number for each epoch: `npm run runs -- --sweep NAME` draws it as a curve. In a script that `npm run sweep` runs, the value
 * is appended to the file that ATELIER_RECORDS names, as a line of JSON.
 *
 * @throws RangeError when the value is a number that is not finite, a list with such a number, or an empty list
 */
export function record(name: string, value: number | string | boolean | readonly number[] | Float32Array): void {
  const plain = typeof value === "object" ? Array.from(value) : value;
  const wrong = [plain].flat().find((one) => typeof one === "number" && !Number.isFinite(one));
  if (wrong !== undefined)
    throw new RangeError(`record(): "${name}" is ${wrong}; record finite numbers only, or the text of the value`);
  if (Array.isArray(plain) && plain.length === 0)
    throw new RangeError(`record(): "${name}" is an empty list; record a number for each epoch, or leave it out`);
  if (!inNotebook()) appendRecords([{ name, value: plain }]);
  display({ [RECORD_MIME]: { name, value: plain }, "text/plain": `${name} = ${shownValue(plain)}` });
}

const MOST_SHOWN = 4; // numbers of a list

function shownValue(value: number | string | boolean | number[]): string {
  if (!Array.isArray(value)) return typeof value === "number" ? shownNumber(value) : String(value);
  const numbers = value.map(shownNumber);
  if (numbers.length <= MOST_SHOWN) return numbers.join(", ");
  return `${numbers.slice(0, MOST_SHOWN - 1).join(", ")}, … ${numbers[numbers.length - 1]} (${numbers.length} epochs)`;
}
