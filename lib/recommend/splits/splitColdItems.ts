import { permutation, type Random } from "../../random";
import { checkCoo, takeEntries, type Coo } from "../coo";

/** Interactions with items that a model will not have met, and all others. */
export interface ColdSplit {
  /** Everything about the other items; the shape of what was split. */
  train: Coo;
  /** Everything about the cold items, renumbered: column c is item `cold[c]`. Shape [users, cold items]. */
  test: Coo;
  /** Columns of the items held out, ascending. */
  cold: Int32Array;
}

/**
 * Holds out a random share of the items with all that happened to them, as if they were new in the shop. Ranked among
 * themselves, they show what a model makes of items it knows by their features alone:
 *
 *     auc((user) => predict(model, user, cold), test)
 *
 * @param options - settings by name
 * @param options.testShare - share of items, above 0 and below 1; default 0.2, at least one
 * @throws RangeError where no item or no interaction would be left on one side
 */
export function splitColdItems(
  interactions: Coo,
  { testShare = 0.2, random }: { testShare?: number; random: Random },
): ColdSplit {
  checkCoo(interactions, "splitColdItems(): interactions");
  if (!(testShare > 0 && testShare < 1))
    throw new RangeError(`splitColdItems(): testShare ${testShare} is not between 0 and 1; try 0.2`);
  const { rows, columns, columnIndices } = interactions;
  const count = Math.max(1, Math.round(testShare * columns));
  const cold = permutation(random, columns).slice(0, count).sort();
  const place = new Int32Array(columns).fill(-1);
  cold.forEach((item, column) => (place[item] = column));
  const entries = Int32Array.from(columnIndices.keys());
  const train = takeEntries(interactions, entries.filter((entry) => place[columnIndices[entry]] < 0)); // prettier-ignore
  const held = takeEntries(interactions, entries.filter((entry) => place[columnIndices[entry]] >= 0)); // prettier-ignore
  if (train.values.length === 0 || held.values.length === 0)
    throw new RangeError(
      `splitColdItems(): ${train.values.length} interactions to train on and ${held.values.length} with the ${count} items held out; give more items, or another testShare`,
    );
  const test = { ...held, rows, columns: count, columnIndices: held.columnIndices.map((item) => place[item]) };
  return { train, test, cold };
}
