/** Lets an action pass at most once in `interval` milliseconds; the first call always passes. */
export function throttle(interval: number, now: () => number): () => boolean {
  let last = -Infinity;
  return () => {
    const time = now();
    if (time - last < interval) return false;
    last = time;
    return true;
  };
}
