import { learnedBy, type Recommender } from "./model";
import { representAll } from "./representation";
import { rowToCsr, type SparseRow } from "./sparseRow";
import type { UserVector } from "./userVector";

/**
 * A user of whom nothing is known but features: what `recommend` and `predict` take in place of a row.
 *
 * @param features - over the model's user features; `userFeatureRow` makes them from names
 * @throws RangeError when the model has not been fitted, or does not know a feature
 */
export function coldUser(model: Recommender, features: SparseRow): UserVector {
  const { users } = learnedBy(model);
  const vector = representAll(rowToCsr(features, users.features, "coldUser()"), users).values;
  return { vector, seen: new Int32Array(0) };
}

/**
 * The vector and, last, the bias of an item of which nothing is known but features, shape [components + 1]: what
 * `recommendUsers` and `similarItems` take in place of a column.
 *
 * @param features - over the model's item features; `itemFeatureRow` makes them from names
 * @throws as `coldUser`
 */
export function coldItem(model: Recommender, features: SparseRow): Float32Array {
  const { items } = learnedBy(model);
  return representAll(rowToCsr(features, items.features, "coldItem()"), items).values;
}
