import { permutation, type Random } from "../random";
import { checkCoo, type Coo } from "./coo";
import { buildCsr, findEntry } from "./csr";

/**
 * Holds out a random share of the interactions. Entries of the same pair stay together, so nothing held out is
 * trained on; where no pair repeats, the split is that of LightFM's `random_train_test_split` with the same
 * generator. Weights are split alike by a second call with a generator of the same seed.
 *
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
  const order = permutation(random, interactions.values.length);
  const held = heldOut(interactions, order, Math.trunc((1 - testShare) * order.length));
  return {
    train: takeEntries(
      interactions,
      order.filter((entry) => held[entry] === 0),
    ),
    test: takeEntries(
      interactions,
      order.filter((entry) => held[entry] === 1),
    ),
  };
}

/** 1 for each entry whose pair first comes up behind the cut; shape [entries]. */
function heldOut({ rowIndices, columnIndices, ...rest }: Coo, order: Int32Array, cut: number): Uint8Array {
  const pairs = buildCsr({ rowIndices, columnIndices, ...rest });
  const placeOfFirst = new Int32Array(pairs.indices.length).fill(-1);
  const held = new Uint8Array(order.length);
  order.forEach((entry, place) => {
    const pair = findEntry(pairs, rowIndices[entry], columnIndices[entry]);
    if (placeOfFirst[pair] < 0) placeOfFirst[pair] = place;
    held[entry] = placeOfFirst[pair] < cut ? 0 : 1;
  });
  return held;
}

function takeEntries({ rows, columns, rowIndices, columnIndices, values }: Coo, entries: Int32Array): Coo {
  return {
    rows,
    columns,
    rowIndices: entries.map((entry) => rowIndices[entry]),
    columnIndices: entries.map((entry) => columnIndices[entry]),
    values: Float32Array.from(entries, (entry) => values[entry]),
  };
}
