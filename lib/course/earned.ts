/** What a check found: how many of the points, and why. */
interface Finding {
  earned: number;
  points: number;
  why: string;
}

/**
 * One line, as in "1 of 2 points: the answer is 12 % too low".
 *
 * @internal
 */
export function earnedLine({ earned, points, why }: Finding): string {
  return `${shownPoints(earned)} of ${shownPoints(points)} ${points === 1 ? "point" : "points"}: ${why}`;
}

/**
 * Prints that line and returns the points.
 *
 * @internal
 */
export function tellEarned(finding: Finding): number {
  console.log(earnedLine(finding));
  return finding.earned;
}

/**
 * The points, where they are a positive number.
 *
 * @internal
 * @param check - the name of the check, for the error
 * @throws RangeError when they are not
 */
export function checkedPoints(points: number, check: string): number {
  if (Number.isFinite(points) && points > 0) return points;
  throw new RangeError(`${check}(): points is ${points}; give a positive number`);
}

/**
 * Points for people, with at most two digits after the point.
 *
 * @internal
 */
export function shownPoints(points: number): string {
  return String(Math.round(points * 100) / 100);
}
