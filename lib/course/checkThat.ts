import { checkedPoints, tellEarned } from "./earned";
import { type Condition, whyNot } from "./whyNot";

/**
 * Checks one thing about an answer, prints whether it is so, and returns the points: all or none. What the student's
 * code prints to stderr on the way goes to stdout, since graders count a text on stderr as a failure.
 *
 * @param is - what must be so, as a student should read it
 * @param when - whether it is so, at once or later; one that throws is not
 * @param options.points - default 1
 * @returns `points` or 0; make it the last value of the check cell
 * @throws RangeError when `points` is not positive
 */
export async function checkThat(is: string, when: Condition, options: { points?: number } = {}): Promise<number> {
  const points = checkedPoints(options.points ?? 1, "checkThat");
  const failure = await whyNot(when);
  const why = failure === undefined ? is : `not yet so: ${is}${failure}`;
  return tellEarned({ earned: failure === undefined ? points : 0, points, why });
}
