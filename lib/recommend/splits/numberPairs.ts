import type { Coo } from "../coo";
import { buildCsr, findEntry } from "../csr";

/** The number of each entry's pair, counted in the order in which pairs first occur; shape [entries]. */
export function numberPairs(interactions: Coo): { pairOf: Int32Array; pairs: number } {
  const sorted = buildCsr(interactions);
  const numbers = new Int32Array(sorted.indices.length).fill(-1);
  let pairs = 0;
  const pairOf = interactions.rowIndices.map((row, entry) => {
    const place = findEntry(sorted, row, interactions.columnIndices[entry]);
    if (numbers[place] < 0) numbers[place] = pairs++;
    return numbers[place];
  });
  return { pairOf, pairs };
}
