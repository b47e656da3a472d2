import { checkedPoints, tellEarned } from "./earned";
import { printedToOutput } from "./printedToOutput";
import { thrownText } from "./whyNot";

/** Options of `checkNumber`. */
export interface NumberCheck {
  /** What a right answer earns; default 1. */
  points?: number;
  /** How far the answer may be from the wanted number, as a share of that number; default 0.01, one percent. */
  tolerance?: number;
  /** The same as an absolute distance, for a number that may be 0; the larger of the two counts. Default 0. */
  within?: number;
}

/**
 * Checks a number that a student found, prints how far off it is, and returns the points: all or none. The wanted number
 * is best computed in the check cell, from the student's own data or model; it is not printed.
 *
 * @param answer - what the student's variable holds; anything but a finite number counts as no answer
 * @param wanted - the right number; or a function that measures it, at once or later, with the student's own model or
 *   data: where it fails, there is nothing right to compare with, and no points
 * @returns `points` or 0, of a function as a promise; make it the last value of the check cell
 * @throws RangeError when `wanted` is a number that is not finite, or an option is out of range
 */
export function checkNumber(answer: unknown, wanted: number, options?: NumberCheck): number;
export function checkNumber(
  answer: unknown,
  wanted: () => number | Promise<number>,
  options?: NumberCheck,
): Promise<number>;
export function checkNumber(
  answer: unknown,
  wanted: number | (() => number | Promise<number>),
  options: NumberCheck = {},
): number | Promise<number> {
  const checked = withDefaults(options);
  if (typeof wanted === "function") return compareMeasured(answer, wanted, checked);
  if (!Number.isFinite(wanted)) throw new RangeError(`checkNumber(): wanted is ${wanted}; give a finite number`);
  return compare(answer, wanted, checked);
}

function withDefaults({ points = 1, tolerance = 0.01, within = 0 }: NumberCheck): Required<NumberCheck> {
  for (const [name, value] of Object.entries({ tolerance, within }))
    if (!(value >= 0)) throw new RangeError(`checkNumber(): ${name} is ${value}; give a number from 0`);
  return { points: checkedPoints(points, "checkNumber"), tolerance, within };
}

async function compareMeasured(
  answer: unknown,
  measure: () => number | Promise<number>,
  options: Required<NumberCheck>,
): Promise<number> {
  const { points } = options;
  try {
    const wanted = await printedToOutput(async () => measure());
    if (Number.isFinite(wanted)) return compare(answer, wanted, options);
    return tellEarned({ earned: 0, points, why: "what you made gives no finite number to compare with" });
  } catch (error) {
    return tellEarned({ earned: 0, points, why: `what you made cannot be measured (${thrownText(error)})` });
  }
}

function compare(answer: unknown, wanted: number, { points, tolerance, within }: Required<NumberCheck>): number {
  const why = whatIsWrong(answer, wanted, Math.max(tolerance * Math.abs(wanted), within));
  return tellEarned({ earned: why === undefined ? points : 0, points, why: why ?? "right" });
}

function whatIsWrong(answer: unknown, wanted: number, distance: number): string | undefined {
  if (answer === undefined || answer === null || Number.isNaN(answer)) return "there is no answer yet";
  if (typeof answer !== "number") return `the answer is ${kindOf(answer)}; a number is wanted`;
  if (!Number.isFinite(answer)) return "the answer is infinite; a finite number is wanted";
  const off = answer - wanted;
  if (Math.abs(off) <= distance) return undefined;
  const side = off < 0 ? "too low" : "too high";
  if (wanted === 0 || answer * wanted < 0) return `your answer is ${side}`;
  const times = answer / wanted;
  if (times >= 3) return `your answer is ${Math.round(times)} times the right number`;
  return `your answer is ${shownShare(Math.abs(off / wanted))} ${side}`;
}

function kindOf(answer: unknown): string {
  if (Array.isArray(answer)) return "a list";
  return typeof answer === "string" ? "a text" : typeof answer === "object" ? "an object" : `a ${typeof answer}`;
}

/** Rounded: it says how wrong an answer is, and seldom which number is right. */
function shownShare(share: number): string {
  return share < 0.01 ? "less than 1 %" : `${Math.round(share * 100)} %`;
}
