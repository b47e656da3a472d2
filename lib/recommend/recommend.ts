import { checkIndices, type Coo } from "./coo";
import { buildCsr, type Csr } from "./csr";
import { rowOfId, type Dataset, type Id } from "./dataset";
import { learnedBy, type Recommender } from "./model";
import { predict } from "./predict";
import { topItems, type Ranking } from "./topItems";

/** Options of `recommend`, with items by column, and of `recommendFor`, with items by id. */
export interface RecommendOptions<Item = number> {
  /** Items wanted. Default 10. */
  count?: number;
  /** What each user has already, shape [users, items]. Default: what the model was trained on. */
  seen?: Coo | Csr;
  /** Leave out what the user has already. Default true. */
  excludeSeen?: boolean;
  /** Only these items. Default all. */
  allow?: Iterable<Item>;
  /** Never these items. Default none. */
  deny?: Iterable<Item>;
}

/**
 * The best items for a user, best first, without those the user has already. There are fewer than asked for where
 * fewer are left.
 *
 * @param user - row of the user
 * @throws RangeError when the model has not been fitted, or does not know the user or a listed item; TypeError when
 * `seen` is of another shape
 */
export function recommend(model: Recommender, user: number, options: RecommendOptions = {}): Ranking {
  const { count = 10 } = options;
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`recommend(): count ${count} is not an integer of 1 or more`);
  const scores = predict(model, user);
  return topItems(scores, count, excludedItems(model, user, options));
}

/**
 * The best items for a user by the data set's own ids.
 *
 * @throws as `recommend`; RangeError for an id the data set does not know
 */
export function recommendFor(
  dataset: Dataset,
  model: Recommender,
  userId: Id,
  { allow, deny, ...options }: RecommendOptions<Id> = {},
): { items: Id[]; scores: Float32Array } {
  const toRows = (ids?: Iterable<Id>) => ids && Array.from(ids, (id) => rowOfId(dataset.items, id));
  const user = rowOfId(dataset.users, userId);
  const { items, scores } = recommend(model, user, { ...options, allow: toRows(allow), deny: toRows(deny) });
  return { items: Array.from(items, (item) => dataset.items.ids[item]), scores };
}

/** 1 for each item that must not be recommended, shape [items]. */
function excludedItems(
  model: Recommender,
  user: number,
  { seen = learnedBy(model).seen, excludeSeen = true, allow, deny = [] }: RecommendOptions,
): Uint8Array {
  const { rows: items } = learnedBy(model).itemFeatures;
  const excluded = new Uint8Array(items).fill(allow ? 1 : 0);
  const mark = (list: Iterable<number>, value: number, name: string) => {
    const columns = [...list];
    checkIndices(columns, items, `recommend(): ${name}`);
    for (const item of columns) excluded[item] = value;
  };
  mark(allow ?? [], 0, "allow: item");
  mark(deny, 1, "deny: item");
  if (excludeSeen) mark(seenItems(seen, user, items), 1, "seen: item");
  return excluded;
}

function seenItems(seen: Coo | Csr, user: number, items: number): Int32Array {
  if (seen.columns > items || user >= seen.rows)
    throw new TypeError(
      `recommend(): seen has ${seen.rows} users and ${seen.columns} items, the model knows ${items} items and user ${user} was asked for; pass the interactions of the same users and items`,
    );
  const { offsets, indices } = "offsets" in seen ? seen : buildCsr(seen);
  return indices.subarray(offsets[user], offsets[user + 1]);
}
