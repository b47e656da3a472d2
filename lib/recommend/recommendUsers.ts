import { findEntry } from "./csr";
import { learnedBy, type Recommender } from "./model";
import { checkKnown } from "./predict";
import { score } from "./representation";
import { representationsOf } from "./representations";
import { checkPositiveInteger } from "./settings";
import { topItems } from "./topItems";

/**
 * The users an item suits best, best first. Scores are made to compare items for one user: between users they tell
 * little under `compat: "lightfm"`, where the users' biases drift.
 *
 * @param item - column of the item, or the vector of a new one as `coldItem` makes it
 * @param options - settings by name
 * @param options.count - users wanted; default 10
 * @param options.excludeSeen - leave out users who have the item already; default true
 * @throws RangeError when the model has not been fitted or does not know the item, and for a `count` that is no integer
 * of 1 or more; TypeError for a vector of another length
 */
export function recommendUsers(
  model: Recommender,
  item: number | Float32Array,
  { count = 10, excludeSeen = true }: { count?: number; excludeSeen?: boolean } = {},
): { users: Int32Array; scores: Float32Array } {
  checkPositiveInteger(count, "recommendUsers(): count");
  const learned = learnedBy(model);
  const { users, items } = representationsOf(learned);
  const width = items.components + 1;
  if (typeof item === "number") checkKnown([item], items.rows, "item", "recommendUsers()");
  const vector = typeof item === "number" ? items.values.subarray(item * width, (item + 1) * width) : item;
  if (vector.length !== width)
    throw new TypeError(
      `recommendUsers(): the item's vector has ${vector.length} numbers, wanted ${width}; make it with coldItem`,
    );
  const scores = Float32Array.from({ length: users.rows }, (_, user) => score(vector, users.values, user * width));
  const isSeen = (user: number) => typeof item === "number" && excludeSeen && findEntry(learned.seen, user, item) >= 0;
  const excluded = Uint8Array.from(scores, (_, user) => (isSeen(user) ? 1 : 0));
  const best = topItems(scores, count, excluded);
  return { users: best.items, scores: best.scores };
}
