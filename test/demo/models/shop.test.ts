import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { ImageSet } from "../../../lib/data/imageSet";
import { plantedShop } from "../../../lib/data/plantedShop";
import { buildShop } from "../../../lib/demo/models/shop";
import type { ScoredItem, Shop } from "../../../lib/demo/services";
import { buildCoo } from "../../../lib/recommend/coo";
import { identityCsr } from "../../../lib/recommend/csr";
import { csrFromDense } from "../../../lib/recommend/denseCsr";
import { fit } from "../../../lib/recommend/fit";
import { stackColumns } from "../../../lib/recommend/joinCsr";
import { buildRecommender } from "../../../lib/recommend/model";

const ITEMS = 120;
const labels = Uint8Array.from({ length: ITEMS }, (_, item) => item % 4);
const images = Uint8Array.from({ length: ITEMS * 4 }, (_, i) => i % 251);
const catalogue: ImageSet = { images, labels, count: ITEMS, width: 2, height: 2 };
const log = plantedShop(labels, { users: 80, purchases: 8 });
let shop: Shop;

/** Pictures are described by their class, as a network would. */
before(async () => {
  const seen = Float32Array.from({ length: ITEMS * 4 }, (_, i) => Number(i % 4 === labels[Math.floor(i / 4)]));
  const itemFeatures = stackColumns(identityCsr(ITEMS), csrFromDense(seen, 4));
  const model = buildRecommender({ components: 8, loss: "warp" });
  const purchases = buildCoo({ rows: 80, columns: ITEMS, rowIndices: log.users, columnIndices: log.items });
  await fit(model, purchases, { epochs: 15, itemFeatures });
  shop = buildShop({ catalogue, log, model });
});

const idsOf = (items: ScoredItem[]) => items.map(({ item }) => item.id);
const kindsOf = (items: ScoredItem[]) => idsOf(items).map((item) => labels[item]);

test("buildShop() names its items by class and number, with their own pixels", () => {
  assert.deepEqual([shop.users.length, shop.users[79], shop.items.length], [80, "79", ITEMS]);
  assert.deepEqual(shop.items.slice(0, 5).map(({ title }) => title), ["T-shirt/top 1", "Trouser 1", "Pullover 1", "Dress 1", "T-shirt/top 2"]); // prettier-ignore
  assert.deepEqual(shop.items[3], { id: 3, title: "Dress 1", category: "Dress", pixels: images.subarray(12, 16) });
});

test("history() is what a user bought, latest first", () => {
  const own = [...log.users.keys()].filter((purchase) => log.users[purchase] === 7);
  own.sort((a, b) => log.times[b] - log.times[a]);
  assert.deepEqual(shop.history("7").map(({ id }) => id), own.map((purchase) => log.items[purchase])); // prettier-ignore
});

test("recommend() gives new items of the taste that was planted, best first", () => {
  let hits = 0;
  for (let user = 0; user < 80; user++) {
    const best = shop.recommend(String(user), 5);
    const had = new Set(shop.history(String(user)).map(({ id }) => id));
    assert.ok(best.length === 5 && idsOf(best).every((item) => !had.has(item)));
    assert.ok(best.every(({ score }, place) => place === 0 || score <= best[place - 1].score));
    hits += kindsOf(best).filter((kind) => log.tastes[user].includes(kind)).length;
  }
  assert.ok(hits > 0.8 * 5 * 80, `${hits} of 400 are of the user's two kinds, half would be chance`);
});

test("recommend() gives reasons that add up to the score, the largest first", () => {
  for (const { score, reasons } of shop.recommend("7", 10)) {
    assert.ok(Math.abs(reasons.reduce((sum, { value }) => sum + value, 0) - score) < 1e-4);
    assert.deepEqual(reasons.map(({ name }) => name).sort(), ["bought together with what you have", "looks like what you have", "sells well to everybody"]); // prettier-ignore
    const sizes = reasons.map(({ value }) => Math.abs(value));
    assert.deepEqual(sizes, [...sizes].sort((a, b) => b - a)); // prettier-ignore
  }
});

test("recommendByItems() finds the taste of somebody new, with reasons, and leaves out what was clicked", () => {
  const liked = [2, 6, 10]; // of kind 2
  const best = shop.recommendByItems(liked, 8);
  assert.ok(kindsOf(best).filter((kind) => kind === 2).length >= 6, String(kindsOf(best)));
  assert.ok(idsOf(best).every((item) => !liked.includes(item)));
  for (const { score, reasons } of best)
    assert.ok(Math.abs(reasons.reduce((sum, { value }) => sum + value, 0) - score) < 1e-4);
});

test("similar() finds items of the same kind, without the item itself", () => {
  const best = shop.similar(5, 6);
  assert.ok(!idsOf(best).includes(5) && kindsOf(best).filter((kind) => kind === 1).length >= 5);
  assert.deepEqual(best[0].reasons, []);
});

test("the shop says which ids there are", () => {
  const message = 'There is no user "80". The user ids run from 0 to 79.';
  for (const ask of [() => shop.recommend("80", 3), () => shop.history("80")])
    assert.throws(ask, { name: "RangeError", message });
  for (const user of ["", "-1", "7.0", "constructor"]) assert.throws(() => shop.recommend(user, 3), /There is no user/);
  const noItem = { name: "RangeError", message: "There is no item 120. The items run from 0 to 119." };
  assert.throws(() => shop.similar(120, 3), noItem);
  assert.throws(() => shop.recommendByItems([1, 120], 3), noItem);
  assert.throws(() => shop.recommendByItems([], 3), /No item was chosen; choose one or more\./);
});
