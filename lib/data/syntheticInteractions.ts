import { type ColumnTable, table } from "arquero";
import { integer, pick, type Random, seededRandom } from "../random";

/** Options of `syntheticInteractions`. */
export interface InteractionOptions {
  /** Default 50. */
  users?: number;
  /** Rows for each user, default 20. */
  rows?: number;
  /** Item ids run from 0 to items - 1, default 60,000. */
  items?: number;
  /** Default `seededRandom(42)`. */
  random?: Random;
  /** Default none: users draw from all items alike, and there is nothing to learn. */
  preference?: Preference;
}

/** A taste that a recommender can find: user u likes the class u mod 10. */
export interface Preference {
  /** [items] the class of each item, 0 to 9. */
  labels: ArrayLike<number>;
  /** Share of a user's rows drawn from the liked class alone, 0 to 1. */
  strength: number;
}

const CLASSES = 10;
const CLICKED = 0.3;
const PURCHASED = 0.1;

/**
 * Made-up shop visits, one row each: `user_id`, `item_id`, `clicked` (1 in 3 of 10 rows) and `purchased` (1 in 1 of 10
 * rows, whether clicked or not), every number drawn independently of all others unless a preference is planted.
 *
 * @throws TypeError when there is not one label for each item, RangeError when `users`, `rows` or `items` is no integer
 * of 1 or more, the strength is not 0 to 1, a label is not an integer from 0 to 9, or a class has no item
 */
export function syntheticInteractions(options: InteractionOptions = {}): ColumnTable {
  const { users = 50, rows = 20, items = 60_000, random = seededRandom(42), preference } = options;
  checkCounts({ users, rows, items });
  const drawLiked = preference ? likedItems(preference, items) : undefined;
  const length = users * rows;
  const user = Int32Array.from({ length }, (_, row) => Math.floor(row / rows));
  const draw = (share: number) => Uint8Array.from({ length }, () => (random.uniform() < share ? 1 : 0));
  return table({
    user_id: user,
    item_id: user.map((id) => drawLiked?.(random, id) ?? integer(random, 0, items)),
    clicked: draw(CLICKED),
    purchased: draw(PURCHASED),
  });
}

/** Draws one of the items a user likes, or nothing when this row is not to follow the preference. */
type DrawLiked = (random: Random, user: number) => number | undefined;

function likedItems({ labels, strength }: Preference, items: number): DrawLiked {
  if (!(strength >= 0 && strength <= 1))
    throw new RangeError(`syntheticInteractions(): strength ${strength} is not between 0 and 1`);
  if (labels.length !== items)
    throw new TypeError(`syntheticInteractions(): got ${labels.length} labels for ${items} items, wanted one each`);
  const byClass = itemsByClass(labels);
  return (random, user) => (random.uniform() < strength ? pick(random, byClass[user % CLASSES]) : undefined);
}

function itemsByClass(labels: ArrayLike<number>): number[][] {
  const byClass: number[][] = Array.from({ length: CLASSES }, () => []);
  for (let item = 0; item < labels.length; item++) {
    if (!(labels[item] in byClass))
      throw new RangeError(
        `syntheticInteractions(): item ${item} has the label ${labels[item]}, wanted 0 to ${CLASSES - 1}`,
      );
    byClass[labels[item]].push(item);
  }
  const empty = byClass.findIndex((list) => list.length === 0);
  if (empty >= 0)
    throw new RangeError(
      `syntheticInteractions(): no item has the label ${empty}; a preference needs items of every class`,
    );
  return byClass;
}

function checkCounts(counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts))
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`syntheticInteractions(): ${name} ${count} is not an integer of 1 or more`);
}
