import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
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

/** The levels of a grey PNG, each of whose pixels is a square of 4 x 4 dots. */
function decode(uri: string): number[] {
  const png = Buffer.from(uri.replace(/^data:image\/png;base64,/, ""), "base64");
  assert.equal(png.toString("latin1", 1, 4), "PNG");
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  assert.deepEqual([width, height], [WIDTH * 4, HEIGHT * 4]);
  const lines = inflateSync(png.subarray(png.indexOf("IDAT") + 4));
  const first = (row: number) => row * 4 * (width + 1);
  for (let row = 0; row < HEIGHT; row++) assert.equal(lines[first(row)], 0);
  return Array.from({ length: WIDTH * HEIGHT }, (_, i) => lines[first(Math.floor(i / WIDTH)) + 1 + (i % WIDTH) * 4]);
}

test("recommendedItems() shows each user the item planted for them, with its own picture", () => {
  const recommend = recommendedItems({ dataset, model, pictures }, 1);
  for (const user of numbers) {
    const items = recommend(String(100 + user));
    assert.equal(items.length, 1);
    const size = WIDTH * HEIGHT;
    assert.deepEqual(decode(items[0].image), [...images.subarray(user * size, (user + 1) * size)]);
  }
});

test("recommendedItems() gives five titled items, best first, and none the user has met", () => {
  const items = recommendedItems({ dataset, model, pictures })("107");
  assert.deepEqual(
    items.map(({ title }) => title),
    ["Item 1", "Item 2", "Item 3", "Item 4", "Item 5"],
  );
  const wanted = recommendFor(dataset, model, 107, { count: 5 });
  assert.deepEqual(
    items.map(({ score }) => score),
    [...wanted.scores],
  );
  const metByUser = new Set(met.flatMap(([user, item]) => (user === 107 ? [item] : [])));
  assert.ok(wanted.items.every((item) => !metByUser.has(Number(item))));
});

test("recommendedItems() refuses a user who is not there", () => {
  assert.throws(() => recommendedItems({ dataset, model, pictures })("7"), {
    name: "RangeError",
    message: /^user "7" is unknown; the data set knows 30 users, such as 100, 101, 102; use one of them/,
  });
});
