import { permutation, seededRandom, type Random } from "../../lib/random";
import { buildCoo, type Coo } from "../../lib/recommend/coo";

/** Interactions of each user. */
export const EACH = 100;

/** Users are asked about so many items that were held out, and so many users are asked. */
const HELD_OUT = 10;
const ASKED = 2000;

/** Sizes of a planted set. */
export interface StreamShape {
  users: number;
  items: number;
}

/** A hundred interactions of each user, and a twentieth as many items as users, a thousand at least. */
export function shapeOf(interactions: number): StreamShape {
  const users = Math.max(1, Math.round(interactions / EACH));
  return { users, items: Math.max(1000, Math.round(users / 20)) };
}

/** Tastes of items, and how much of a user's choices goes to the first, second and third of the user's; the rest to any. */
const TASTES = 32;
const SHARES = [0.5, 0.75, 0.9];

/** Users of a block. */
const USERS = 2000;

/**
 * Planted interactions as they come, `each` of every user, in blocks. An item has one of 32 tastes; a user has three of
 * them, by which half, a quarter and 15 percent of the user's items are chosen. Within a taste the item of place r comes
 * up in proportion to about r^-0.5. A pair may come twice. A user's stream depends on the user's number only, so that a
 * smaller `each` gives the first of the same.
 */
export function* plantedBlocks(
  shape: StreamShape,
  { each = EACH } = {},
): Generator<{ users: Int32Array; items: Int32Array }> {
  const choose = chooser(shape);
  for (let from = 0; from < shape.users; from += USERS) {
    const count = Math.min(USERS, shape.users - from);
    const [users, items] = [new Int32Array(count * each), new Int32Array(count * each)];
    for (let i = 0; i < count; i++) {
      users.fill(from + i, i * each, (i + 1) * each);
      choose(from + i, items.subarray(i * each, (i + 1) * each));
    }
    yield { users, items };
  }
}

/** What some of the users choose next, without what they chose before. */
export function heldOut(shape: StreamShape): Coo {
  const choose = chooser(shape);
  const [rowIndices, columnIndices]: [number[], number[]] = [[], []];
  const asked = Math.min(ASKED, shape.users);
  for (let i = 0; i < asked; i++) {
    const user = Math.floor((i * shape.users) / asked);
    const all = choose(user, new Int32Array(EACH + 3 * HELD_OUT));
    const known = new Set(all.subarray(0, EACH));
    const fresh = [...new Set(all.subarray(EACH))].filter((item) => !known.has(item)).slice(0, HELD_OUT);
    rowIndices.push(...fresh.map(() => user));
    columnIndices.push(...fresh);
  }
  return buildCoo({ rows: shape.users, columns: shape.items, rowIndices, columnIndices });
}

function chooser({ items }: StreamShape): (user: number, chosen: Int32Array) => Int32Array {
  const names = permutation(seededRandom(1), items);
  const ranks = Math.floor(items / TASTES);
  return (user, chosen) => {
    const random = seededRandom(2 + user);
    const tastes = SHARES.map(() => below(random, TASTES));
    for (let i = 0; i < chosen.length; i++) {
      const share = random.uniform();
      const place = SHARES.findIndex((limit) => share < limit);
      const taste = place < 0 ? below(random, TASTES) : tastes[place];
      const rank = Math.floor(ranks * random.uniform() ** 2);
      chosen[i] = names[rank * TASTES + taste];
    }
    return chosen;
  };
}

function below(random: Random, limit: number): number {
  return Math.floor(random.uniform() * limit);
}
