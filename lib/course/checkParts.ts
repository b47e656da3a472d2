import { checkedPoints, earnedLine } from "./earned";
import { type Condition, whyNot } from "./whyNot";

/** One thing that an answer must do. */
export interface Part {
  /** What it is, as a student should read it: "a picture's class counts when it is the second". */
  is: string;
  /** Whether it is so, at once or later; a part that throws is not, and the others are looked at all the same. */
  when: Condition;
}

/**
 * Checks an answer in several parts, which earn equal shares of the points. Prints a line for each part and one for the
 * sum. What the student's code prints to stderr on the way goes to stdout, since graders count a text on stderr as a
 * failure.
 *
 * @param options.points - of all parts together; default 1
 * @returns the points, rounded to hundredths; make it the last value of the check cell
 * @throws RangeError when there is no part, or `points` is not positive
 */
export async function checkParts(parts: Part[], options: { points?: number } = {}): Promise<number> {
  const points = checkedPoints(options.points ?? 1, "checkParts");
  if (parts.length === 0) throw new RangeError("checkParts(): there are no parts; give at least one");
  const lines: string[] = [];
  let passed = 0;
  for (const { is, when } of parts) {
    const failure = await whyNot(when);
    if (failure === undefined) passed++;
    lines.push(failure === undefined ? `  yes: ${is}` : `  no:  ${is}${failure}`);
  }
  const earned = Math.round((points * passed * 100) / parts.length) / 100;
  const why = passed === parts.length ? "right" : `${passed} of ${parts.length} parts are right`;
  console.log([...lines, earnedLine({ earned, points, why })].join("\n"));
  return earned;
}
