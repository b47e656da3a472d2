/** Actions may take one part in this many of the time. */
const SHARE = 50;

/**
 * Lets an action pass at most once in `interval` milliseconds, the first one at once, and less often where actions take
 * so long that they would slow down what they tell of.
 */
export function newPace(interval: number, now: () => number): (action: () => void) => void {
  let next = -Infinity;
  return (action) => {
    const start = now();
    if (start < next) return;
    action();
    const end = now();
    next = Math.max(start + interval, end + (SHARE - 1) * (end - start));
  };
}
