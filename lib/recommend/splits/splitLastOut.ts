import { checkCoo, takeEntries, type Coo } from "../coo";
import { checkPositiveInteger } from "../settings";
import { checkTimes } from "./checkTimes";
import { numberPairs } from "./numberPairs";

/**
 * Holds out each user's latest items: those the user met last for the first time, with all entries of the pair. Users
 * who met no more items than are to be held out stay in the training whole. Weights are split alike by a second call.
 *
 * @param times - when each interaction was, in any unit; shape [entries]
 * @param options - settings by name
 * @param options.count - items held out for each user; default 1
 * @throws TypeError for times of another length; RangeError for a count that cannot be
 */
export function splitLastOut(
  interactions: Coo,
  times: ArrayLike<number>,
  { count = 1 }: { count?: number } = {},
): { train: Coo; test: Coo } {
  checkCoo(interactions, "splitLastOut(): interactions");
  checkTimes(times, interactions.values.length, "splitLastOut()");
  checkPositiveInteger(count, "splitLastOut(): count");
  const { pairOf, pairs } = numberPairs(interactions);
  const met = new Float64Array(pairs).fill(Infinity);
  const userOf = new Int32Array(pairs);
  pairOf.forEach((pair, entry) => {
    met[pair] = Math.min(met[pair], times[entry]);
    userOf[pair] = interactions.rowIndices[entry];
  });
  const order = Int32Array.from(met.keys()).sort((a, b) => userOf[a] - userOf[b] || met[a] - met[b] || a - b);
  const isHeldOut = new Uint8Array(pairs);
  for (let start = 0, end = 0; start < pairs; start = end) {
    while (end < pairs && userOf[order[end]] === userOf[order[start]]) end++;
    if (end - start > count) for (let place = end - count; place < end; place++) isHeldOut[order[place]] = 1;
  }
  const entries = Int32Array.from(pairOf.keys());
  const take = (side: number) => takeEntries(interactions, entries.filter((entry) => isHeldOut[pairOf[entry]] === side)); // prettier-ignore
  return { train: take(0), test: take(1) };
}
