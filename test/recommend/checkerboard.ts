import { integer, numpyRandom, type Random } from "../../lib/random";
import { buildCoo, type Coo } from "../../lib/recommend/coo";

/** Even users chose even items and odd users odd ones, each but the item of their own number: that is the answer. */
export function checkerboard(size: number): Coo {
  const cells = Array.from({ length: size * size }, (_, cell) => [Math.floor(cell / size), cell % size]);
  const chosen = cells.filter(([user, item]) => user % 2 === item % 2 && user !== item);
  return buildCoo({
    rows: size,
    columns: size,
    rowIndices: chosen.map(([user]) => user),
    columnIndices: chosen.map(([, item]) => item),
  });
}

/** Users of six tastes who choose items of their taste four times in five, and of any taste else. */
export function plantedTastes({
  users = 120,
  items = 90,
  each = 16,
  random = numpyRandom(5),
}: { users?: number; items?: number; each?: number; random?: Random } = {}): Coo {
  const length = users * each;
  const rowIndices = Array.from({ length }, (_, place) => Math.floor(place / each));
  const columnIndices = rowIndices.map((user) => {
    const item = integer(random, 0, items);
    return random.uniform() < 0.8 ? item - (item % TASTES) + (user % TASTES) : item;
  });
  return buildCoo({ rows: users, columns: items, rowIndices, columnIndices });
}

/** Items and users are of the taste that their number leaves when divided by this. */
export const TASTES = 6;
