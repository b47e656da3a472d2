import { permutation, type Random } from "../random";
import { checkCoo, takeEntries, type Coo } from "./coo";
import { stableOrder } from "./csr";
import { numberPairs } from "./splits/numberPairs";

/**
 * Holds out a random share of the pairs of user and item, with all entries of a pair, so that nothing held out is
 * trained on. Where no pair repeats, the split is that of LightFM's `random_train_test_split` with the same generator.
 * Weights are split alike by a second call with a generator of the same seed.
 *
 * @param options - settings by name
 * @param options.testShare - above 0 and below 1; default 0.2
 * @returns two matrices of the same shape as `interactions`
 */
export function splitInteractions(
  interactions: Coo,
  { testShare = 0.2, random }: { testShare?: number; random: Random },
): { train: Coo; test: Coo } {
  checkCoo(interactions, "splitInteractions(): interactions");
  if (!(testShare > 0 && testShare < 1))
    throw new RangeError(`splitInteractions(): testShare ${testShare} is not between 0 and 1; try 0.2`);
  const { pairOf, pairs } = numberPairs(interactions);
  const places = inverse(permutation(random, pairs));
  const placeOf = pairOf.map((pair) => places[pair]);
  const shuffled = stableOrder(placeOf, pairs);
  const cut = Math.trunc((1 - testShare) * pairs);
  const takeEntriesWhere = (wanted: (place: number) => boolean) =>
    takeEntries(
      interactions,
      shuffled.filter((entry) => wanted(placeOf[entry])),
    );
  return { train: takeEntriesWhere((place) => place < cut), test: takeEntriesWhere((place) => place >= cut) };
}

function inverse(order: Int32Array): Int32Array {
  const places = new Int32Array(order.length);
  order.forEach((value, place) => (places[value] = place));
  return places;
}
