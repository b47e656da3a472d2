import { integer, normal, type Random } from "../../lib/random";
import { buildCoo, type Coo } from "../../lib/recommend/coo";
import type { Csr } from "../../lib/recommend/csr";

/** A planted set of interactions, with the tags that tell what the items are like. */
export interface PlantedSet {
  interactions: Coo;
  /** Shape [items, items + tags]: each item's own feature, and its tags; rows add up to 1. */
  itemFeatures: Csr;
}

/** Sizes of a planted set. */
export interface PlantedOptions {
  users: number;
  items: number;
  /** Interactions; users have the same number each, no pair comes twice. */
  entries: number;
  random: Random;
}

/** Directions in which tastes differ. */
const TASTES = 8;
/** Tags of an item: those of its strongest directions. */
const TAGS = 2;
/** How much taste counts against popularity. */
const STRENGTH = 2;

/**
 * Users choose by taste and by popularity: among items drawn with a heavy-tailed popularity (the item of place r comes
 * up in proportion to r^-0.8), taste lets one be taken the more easily the better its vector goes with the user's. An
 * item's tags are the directions in which its vector is strongest.
 */
export function plantedSet({ users, items, entries, random }: PlantedOptions): PlantedSet {
  const vectors = (rows: number) =>
    Float64Array.from({ length: rows * TASTES }, () => normal(random) / Math.sqrt(TASTES));
  const [userVectors, itemVectors] = [vectors(users), vectors(items)];
  const drawPopular = popularItems(items, random);
  const each = Math.floor(entries / users);
  const rowIndices = new Int32Array(users * each);
  const columnIndices = new Int32Array(users * each);
  for (let user = 0; user < users; user++) {
    const chosen = new Set<number>();
    while (chosen.size < each) {
      const item = drawPopular();
      const fit = STRENGTH * TASTES ** 0.5 * dot(userVectors, user, itemVectors, item);
      if (random.uniform() < 1 / (1 + Math.exp(-2 * (fit - 1)))) chosen.add(item);
    }
    rowIndices.fill(user, user * each, (user + 1) * each);
    columnIndices.set([...chosen], user * each);
  }
  return {
    interactions: buildCoo({ rows: users, columns: items, rowIndices, columnIndices }),
    itemFeatures: tagFeatures(items, itemVectors),
  };
}

/** Draws items by a heavy-tailed popularity that has nothing to do with their numbers. */
function popularItems(items: number, random: Random): () => number {
  const order = Int32Array.from({ length: items }, (_, item) => item);
  for (let i = items - 1; i > 0; i--) {
    const j = integer(random, 0, i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const sums = new Float64Array(items);
  let total = 0;
  for (let place = 0; place < items; place++) sums[place] = total += (place + 1) ** -0.8;
  return () => {
    const target = random.uniform() * total;
    let [low, high] = [0, items - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle] <= target) low = middle + 1;
      else high = middle;
    }
    return order[low];
  };
}

function dot(users: Float64Array, user: number, items: Float64Array, item: number): number {
  let total = 0;
  for (let j = 0; j < TASTES; j++) total += users[user * TASTES + j] * items[item * TASTES + j];
  return total;
}

/** Two tags a direction, one for each sign. */
function tagFeatures(items: number, vectors: Float64Array): Csr {
  const width = 1 + TAGS;
  const indices = new Int32Array(items * width);
  for (let item = 0; item < items; item++) {
    const directions = [...Array(TASTES).keys()].sort(
      (a, b) => Math.abs(vectors[item * TASTES + b]) - Math.abs(vectors[item * TASTES + a]),
    );
    const tags = directions.slice(0, TAGS).map((j) => items + 2 * j + (vectors[item * TASTES + j] > 0 ? 1 : 0));
    indices.set([item, ...tags.sort((a, b) => a - b)], item * width);
  }
  return {
    rows: items,
    columns: items + 2 * TASTES,
    offsets: Uint32Array.from({ length: items + 1 }, (_, item) => item * width),
    indices,
    values: new Float32Array(items * width).fill(1 / width),
  };
}
