import { checkFinite } from "../coo";

/** Throws a TypeError for a number of times other than that of the entries, a RangeError for one that is not finite. */
export function checkTimes(times: ArrayLike<number>, entries: number, call: string): void {
  if (times.length !== entries)
    throw new TypeError(
      `${call}: ${times.length} times for ${entries} interactions; give one for each, in their order`,
    );
  checkFinite(times, `${call}: time`);
}
