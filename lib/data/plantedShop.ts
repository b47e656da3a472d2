import { integer, pick, type Random, seededRandom, shuffle } from "../random";

/** How a made-up shop is drawn. */
export interface ShopOptions {
  /** Default 600. */
  users?: number;
  /** Mean number of purchases of a user, who makes from half to one and a half times as many; default 20. */
  purchases?: number;
  /** Share of a user's purchases that follow the user's taste; the others are of any kind. Default 0.8. */
  loyalty?: number;
  /** Default `seededRandom(42)`. */
  random?: Random;
}

/** The log of a shop, and the truth that it was drawn from. */
export interface PlantedShop {
  /** Row of the buyer, one for each purchase: [purchases]. */
  users: Int32Array;
  /** Column of what was bought: [purchases]. */
  items: Int32Array;
  /** When, counted over the whole shop: [purchases]. */
  times: Int32Array;
  /** The kind each user likes best, and the second: [users]. */
  tastes: readonly (readonly [number, number])[];
  /** The chance of each item to be a user's next purchase, were nothing bought yet: [items], in all 1. */
  chances(user: number): Float32Array;
}

/**
 * A shop whose customers have tastes that are known, so that a recommender can be held against the truth. Every user
 * likes two kinds of items, the first twice as much as the second. Within a kind, items sell by their rank to the
 * power of -0.7, a heavy tail as in real shops. Nobody buys the same item twice.
 *
 * @param kinds - the kind of each item, 0 and up; [items]
 * @throws RangeError when a number of rows is not positive, the loyalty not 0 to 1, or a user might buy everything of
 * two kinds
 */
export function plantedShop(kinds: ArrayLike<number>, options: ShopOptions = {}): PlantedShop {
  const { users = 600, purchases = 20, loyalty = 0.8, random = seededRandom(42) } = options;
  const byKind = itemsByKind(kinds);
  checkShop({ users, purchases, loyalty }, byKind);
  const shelves = byKind.map((items) => buildShelf(items, random));
  const tastes = Array.from({ length: users }, () => drawTaste(byKind.length, random));
  const baskets = tastes.map((taste) => fillBasket(taste, { shelves, purchases, loyalty, random }));
  const log = baskets.flatMap((basket, user) => basket.map((item) => ({ user, item, at: random.uniform() })));
  const times = new Int32Array(log.length);
  const byTime = Array.from(log.keys()).sort((a, b) => log[a].at - log[b].at);
  byTime.forEach((purchase, time) => (times[purchase] = time));
  return {
    users: Int32Array.from(log, ({ user }) => user),
    items: Int32Array.from(log, ({ item }) => item),
    times,
    tastes,
    chances: (user) => chancesOf(tastes[user], { shelves, loyalty, length: kinds.length }),
  };
}

type Taste = readonly [number, number];

/** The items of a kind, and for each the share of the kind's sales up to and with it. */
interface Shelf {
  items: number[];
  upTo: Float64Array;
}

/** Sales fall with the rank to this power. */
const TAIL = 0.7;
/** The share of the favourite among the purchases by taste. */
const FIRST = 2 / 3;

function itemsByKind(kinds: ArrayLike<number>): number[][] {
  const byKind: number[][] = [];
  for (let item = 0; item < kinds.length; item++) (byKind[kinds[item]] ??= []).push(item);
  const empty = Array.from(byKind).findIndex((items) => !items);
  if (byKind.length < 2 || empty >= 0)
    throw new RangeError(
      `plantedShop(): ${byKind.length < 2 ? "fewer than two kinds" : `no item is of kind ${empty}`}; number the kinds from 0, with items of each`,
    );
  return byKind;
}

function checkShop({ users, purchases, loyalty }: Required<Omit<ShopOptions, "random">>, byKind: number[][]): void {
  for (const [name, count] of Object.entries({ users, purchases }))
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`plantedShop(): ${name} ${count} is not an integer of 1 or more`);
  if (!(loyalty >= 0 && loyalty <= 1)) throw new RangeError(`plantedShop(): loyalty ${loyalty} is not between 0 and 1`);
  const least = Math.min(...byKind.map(({ length }) => length));
  if (least < 3 * purchases)
    throw new RangeError(
      `plantedShop(): a kind has only ${least} items for ${purchases} purchases of a user; give each kind ${3 * purchases} or more`,
    );
}

/** The items in the order of their sales. */
function buildShelf(items: number[], random: Random): Shelf {
  const ordered = shuffle(random, [...items]);
  const upTo = new Float64Array(ordered.length);
  let total = 0;
  ordered.forEach((_, rank) => (upTo[rank] = total += (rank + 1) ** -TAIL));
  return { items: ordered, upTo: upTo.map((sum) => sum / total) };
}

function drawTaste(kinds: number, random: Random): Taste {
  const first = integer(random, 0, kinds);
  return [first, (first + integer(random, 1, kinds)) % kinds];
}

function fillBasket(
  [first, second]: Taste,
  { shelves, purchases, loyalty, random }: { shelves: Shelf[]; purchases: number; loyalty: number; random: Random },
): number[] {
  const size = Math.max(1, Math.round(purchases * (0.5 + random.uniform())));
  const basket = new Set<number>();
  while (basket.size < size) {
    const liked = random.uniform() < FIRST ? first : second;
    const shelf = random.uniform() < loyalty ? shelves[liked] : pick(random, shelves);
    const at = random.uniform();
    basket.add(shelf.items[shelf.upTo.findIndex((share) => at < share)]);
  }
  return [...basket];
}

function chancesOf(
  [first, second]: Taste,
  { shelves, loyalty, length }: { shelves: Shelf[]; loyalty: number; length: number },
): Float32Array {
  const chances = new Float32Array(length);
  shelves.forEach(({ items, upTo }, kind) => {
    const liking = kind === first ? FIRST : kind === second ? 1 - FIRST : 0;
    const share = loyalty * liking + (1 - loyalty) / shelves.length;
    items.forEach((item, rank) => (chances[item] = share * (upTo[rank] - (upTo[rank - 1] ?? 0))));
  });
  return chances;
}
