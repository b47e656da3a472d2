/**
 * Refuses a series that is too short to forecast from, or has a gap.
 *
 * @internal
 */
export function checkKnown(call: string, known: ArrayLike<number>, least: number): void {
  if (known.length < least)
    throw new RangeError(`${call}: ${known.length} values are known, wanted ${least} or more; give a longer series`);
  for (let i = 0; i < known.length; i++)
    if (!Number.isFinite(known[i]))
      throw new RangeError(`${call}: value ${i} is ${known[i]}, wanted a finite number; fill gaps first`);
}
