import { permutation, type Random } from "../../random";
import { checkCoo, takeEntries, type Coo } from "../coo";
import { numberPairs } from "./numberPairs";

/**
 * Holds out the same random share of every user's items, with all entries of a pair, so that no user is left without
 * training: of n items round(testShare * n), but never all. Weights are split alike by a second call with a generator
 * of the same seed.
 *
 * @param options - settings by name
 * @param options.testShare - above 0 and below 1; default 0.2
 */
export function splitByUser(
  interactions: Coo,
  { testShare = 0.2, random }: { testShare?: number; random: Random },
): { train: Coo; test: Coo } {
  checkCoo(interactions, "splitByUser(): interactions");
  if (!(testShare > 0 && testShare < 1))
    throw new RangeError(`splitByUser(): testShare ${testShare} is not between 0 and 1; try 0.2`);
  const { pairOf, pairs } = numberPairs(interactions);
  const userOf = new Int32Array(pairs);
  pairOf.forEach((pair, entry) => (userOf[pair] = interactions.rowIndices[entry]));
  const left = new Int32Array(interactions.rows);
  for (const user of userOf) left[user]++;
  left.forEach((count, user) => (left[user] = Math.min(count - 1, Math.round(testShare * count))));
  const isHeldOut = new Uint8Array(pairs);
  for (const pair of permutation(random, pairs)) if (left[userOf[pair]]-- > 0) isHeldOut[pair] = 1;
  const entries = Int32Array.from(pairOf.keys());
  const take = (side: number) => takeEntries(interactions, entries.filter((entry) => isHeldOut[pairOf[entry]] === side)); // prettier-ignore
  return { train: take(0), test: take(1) };
}
