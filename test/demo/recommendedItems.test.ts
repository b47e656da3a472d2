import assert from "node:assert/strict";
import { before, test } from "node:test";
import { recommendedItems } from "../../lib/demo/recommendedItems";
import { buildDataset } from "../../lib/recommend/dataset";
import { fit } from "../../lib/recommend/fit";
import { buildInteractions } from "../../lib/recommend/interactions";
import { buildRecommender } from "../../lib/recommend/model";
import { recommendFor } from "../../lib/recommend/recommend";
import { randomBytes } from "../data/samples";

const SIZE = 30;
const [WIDTH, HEIGHT] = [3, 2];
const numbers = Array.from({ length: SIZE }, (_, i) => i);

// Even users met even items and odd users odd ones, each but the one of their own number, which is the answer. Users are
// called 100, 101, …, and items stand in reverse, so that ids and places cannot be mistaken for one another unseen.
const met = numbers.flatMap((user) =>
  numbers.filter((item) => (user - item) % 2 === 0 && user !== item).map((item) => [100 + user, item] as const),
);
const dataset = buildDataset({ users: numbers.map((user) => 100 + user), items: [...numbers].reverse() });
const images = randomBytes(SIZE * WIDTH * HEIGHT);
const pictures = { images, labels: new Uint8Array(SIZE), count: SIZE, width: WIDTH, height: HEIGHT };
const model = buildRecommender();

before(() => fit(model, buildInteractions(dataset, met).interactions, { epochs: 20 }));

test("recommendedItems() shows each user the item planted for them, with its own picture", () => {
  const recommend = recommendedItems({ dataset, model, pictures }, 1);
  for (const user of numbers) {
    const items = recommend(String(100 + user));
    assert.equal(items.length, 1);
    const size = WIDTH * HEIGHT;
    const levels = images.slice(user * size, (user + 1) * size);
    assert.deepEqual(items[0].image, { width: WIDTH, height: HEIGHT, levels });
  }
});

test("recommendedItems() gives five items with their scores, best first, and none the user has met", () => {
  const items = recommendedItems({ dataset, model, pictures })("107");
  const wanted = recommendFor(dataset, model, 107, { count: 5 });
  assert.deepEqual(
    items.map(({ caption }) => caption),
    Array.from(wanted.scores, (score, place) => `Place ${place + 1}, score ${score.toFixed(2)}`),
  );
  const metByUser = new Set(met.flatMap(([user, item]) => (user === 107 ? [item] : [])));
  assert.ok(wanted.items.every((item) => !metByUser.has(Number(item))));
});

test("recommendedItems() refuses a user who is not there", () => {
  assert.throws(() => recommendedItems({ dataset, model, pictures })("7"), {
    name: "RangeError",
    message: 'There is no user "7". The user ids run from 100 to 129.',
  });
});
