import { checkIndices, type Coo } from "./coo";
import { buildPattern, type SparsePattern } from "./csr";
import { rowOfId, type Dataset, type Id } from "./dataset";
import { scoreUsers } from "./fast/scoreUsers";
import { learnedBy, type Recommender } from "./model";
import { predict } from "./predict";
import { checkPositiveInteger } from "./settings";
import { topItems, type Ranking } from "./topItems";
import type { UserVector } from "./userVector";

/** Options of `recommend`, with items by column, and of `recommendFor`, with items by id. */
export interface RecommendOptions<Item = number> {
  /** Items wanted. Default 10. */
  count?: number;
  /** What each user has already, shape [users, items]. Default: what the model was trained on. */
  seen?: Coo | SparsePattern;
  /** Leave out what the user has already. Default true. */
  excludeSeen?: boolean;
  /** Only these items. Default all. */
  allow?: Iterable<Item>;
  /** Never these items. Default none. */
  deny?: Iterable<Item>;
}

/** The best items of many users, best first. */
export interface BatchRanking {
  /** Places for each user. */
  readonly count: number;
  /** Columns of the items, shape [users, count]; -1 where fewer are left. */
  readonly items: Int32Array;
  /** Shape [users, count]; -Infinity where there is no item. */
  readonly scores: Float32Array;
}

/**
 * The best items for a user, best first, without those the user has already. There are fewer than asked for where
 * fewer are left.
 *
 * @param user - row of the user, or a user made by `foldInUser` or `coldUser`, who brings along what is seen
 * @throws RangeError when the model has not been fitted, or does not know the user or a listed item, and for a `count`
 * that is no integer of 1 or more; TypeError when `seen` has too few users or too many items, and for a vector of
 * another length
 */
export function recommend(model: Recommender, user: number | UserVector, options: RecommendOptions = {}): Ranking {
  return openShelf(model, options)(user);
}

/**
 * The best items for many users.
 *
 * @param users - rows of the users; default all of them
 * @throws as `recommend`
 */
export function recommendBatch(
  model: Recommender,
  users: ArrayLike<number> = Int32Array.from({ length: learnedBy(model).userFeatures.rows }, (_, row) => row),
  options: RecommendOptions = {},
): BatchRanking {
  const { count = DEFAULT_COUNT } = options;
  const shelf = openShelf(model, options);
  const items = new Int32Array(users.length * count).fill(-1);
  const scores = new Float32Array(users.length * count).fill(-Infinity);
  scoreUsers(model, users, (all, place) => {
    const best = shelf(users[place], all);
    items.set(best.items, place * count);
    scores.set(best.scores, place * count);
  });
  return { count, items, scores };
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
  options: RecommendOptions<Id> = {},
): { items: Id[]; scores: Float32Array } {
  return recommendForAll(dataset, model, [userId], options)[0];
}

/**
 * The best items for many users by the data set's own ids, one element for each.
 *
 * @throws as `recommendFor`
 */
export function recommendForAll(
  dataset: Dataset,
  model: Recommender,
  userIds: Iterable<Id> = dataset.users.ids,
  { allow, deny, ...options }: RecommendOptions<Id> = {},
): { user: Id; items: Id[]; scores: Float32Array }[] {
  const toRows = (ids?: Iterable<Id>) => ids && Array.from(ids, (id) => rowOfId(dataset.items, id));
  const rows = Array.from(userIds, (id) => ({ user: id, row: rowOfId(dataset.users, id) }));
  const shelf = openShelf(model, { ...options, allow: toRows(allow), deny: toRows(deny) });
  const found: { user: Id; items: Id[]; scores: Float32Array }[] = [];
  const numbers = rows.map(({ row }) => row);
  scoreUsers(model, numbers, (all, place) => {
    const { items, scores } = shelf(numbers[place], all);
    found.push({ user: rows[place].user, items: Array.from(items, (item) => dataset.items.ids[item]), scores });
  });
  return found;
}

const DEFAULT_COUNT = 10;

/** Checks the options once, and gives a function that picks for one user after the other, from scores if there are. */
function openShelf(
  model: Recommender,
  { count = DEFAULT_COUNT, seen = learnedBy(model).seen, excludeSeen = true, allow, deny = [] }: RecommendOptions,
): (user: number | UserVector, scores?: Float32Array) => Ranking {
  checkPositiveInteger(count, "recommend(): count");
  const { rows: items } = learnedBy(model).itemFeatures;
  const seenByUser = "offsets" in seen ? seen : buildPattern(seen);
  const excluded = new Uint8Array(items).fill(allow ? 1 : 0);
  const mark = (list: Iterable<number>, value: number, name: string) => {
    const columns = [...list];
    checkIndices(columns, items, `recommend(): ${name}`);
    for (const item of columns) excluded[item] = value;
  };
  mark(allow ?? [], 0, "allow: item");
  mark(deny, 1, "deny: item");
  return (user, scores = predict(model, user)) => {
    if (!excludeSeen) return topItems(scores, count, excluded);
    const owned = typeof user === "number" ? seenItems(seenByUser, user, items) : user.seen;
    const before = owned.map((item) => excluded[item]);
    for (let place = 0; place < owned.length; place++) excluded[owned[place]] = 1;
    const best = topItems(scores, count, excluded);
    for (let place = owned.length - 1; place >= 0; place--) excluded[owned[place]] = before[place];
    return best;
  };
}

function seenItems(seen: SparsePattern, user: number, items: number): Int32Array {
  if (seen.columns > items || user >= seen.rows)
    throw new TypeError(
      `recommend(): seen has ${seen.rows} users and ${seen.columns} items, the model knows ${items} items and user ${user} was asked for; pass the interactions of the same users and items`,
    );
  return seen.indices.subarray(seen.offsets[user], seen.offsets[user + 1]);
}
