import assert from "node:assert/strict";
import { test } from "node:test";
import { plantedShop } from "../../lib/data/plantedShop";
import { seededRandom } from "../../lib/random";

const kinds = Uint8Array.from({ length: 400 }, (_, item) => item % 5);

test("plantedShop() lets users buy what they like, the first kind twice as often as the second", () => {
  const { users, items, tastes } = plantedShop(kinds, { users: 2000 });
  const share = (place: 0 | 1) =>
    users.reduce((count, user, i) => count + (kinds[items[i]] === tastes[user][place] ? 1 : 0), 0) / users.length;
  // 0.8 by taste, two thirds of them the first kind, and 0.2 by luck; less what is drawn twice, most often of the first.
  assert.ok(Math.abs(share(0) - (0.8 * 2) / 3 - 0.04) < 0.04, `${share(0)}`);
  assert.ok(Math.abs(share(1) - 0.8 / 3 - 0.04) < 0.04, `${share(1)}`);
});

test("plantedShop() sells within a kind as the chances say, which add up to 1", () => {
  const { users, items, chances } = plantedShop(kinds, { users: 4000, purchases: 2 });
  const [bought, expected] = [new Float64Array(400), new Float64Array(400)];
  items.forEach((item) => bought[item]++);
  users.forEach((user) => chances(user).forEach((chance, item) => (expected[item] += chance)));
  assert.ok(Math.abs(chances(7).reduce((sum, chance) => sum + chance) - 1) < 1e-5);
  const largest = expected.indexOf(Math.max(...expected));
  assert.ok(Math.abs(bought[largest] / expected[largest] - 1) < 0.15, `${bought[largest]}, ${expected[largest]}`);
  const difference = bought.reduce((sum, count, item) => sum + Math.abs(count - expected[item]), 0);
  assert.ok(difference < 0.2 * users.length, `${difference} of ${users.length}`);
});

test("plantedShop() sells nobody the same item twice, at times that are all different", () => {
  const { users, items, times } = plantedShop(kinds, { users: 50, random: seededRandom(3) });
  assert.equal(new Set(users.map((user, i) => user * 400 + items[i])).size, users.length);
  assert.deepEqual([...times].sort((a, b) => a - b), [...times.keys()]); // prettier-ignore
  const sizes = new Int32Array(50);
  users.forEach((user) => sizes[user]++);
  assert.ok(
    sizes.every((size) => size >= 10 && size <= 30),
    String(sizes),
  );
});

test("plantedShop() draws the same shop from the same seed", () => {
  const draw = (seed: number) => plantedShop(kinds, { users: 20, random: seededRandom(seed) }).items;
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
});

test("plantedShop() refuses what cannot be a shop", () => {
  const message = (run: () => void, text: string) => assert.throws(run, { name: "RangeError", message: text });
  message(() => plantedShop(kinds, { users: 0 }), "plantedShop(): users 0 is not an integer of 1 or more");
  message(() => plantedShop(kinds, { loyalty: 2 }), "plantedShop(): loyalty 2 is not between 0 and 1");
  message(
    () => plantedShop(kinds, { purchases: 40 }),
    "plantedShop(): a kind has only 80 items for 40 purchases of a user; give each kind 120 or more",
  );
  message(
    () => plantedShop([0, 2, 2]),
    "plantedShop(): no item is of kind 1; number the kinds from 0, with items of each",
  );
  message(
    () => plantedShop([0, 0]),
    "plantedShop(): fewer than two kinds; number the kinds from 0, with items of each",
  );
});
