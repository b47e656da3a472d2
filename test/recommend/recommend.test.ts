import assert from "node:assert/strict";
import { test } from "node:test";
import { buildCoo } from "../../lib/recommend/coo";
import { csrFromDense } from "../../lib/recommend/denseCsr";
import { buildDataset, extendDataset } from "../../lib/recommend/dataset";
import { fit } from "../../lib/recommend/fit";
import { buildInteractions } from "../../lib/recommend/interactions";
import { buildRecommender } from "../../lib/recommend/model";
import { predict } from "../../lib/recommend/predict";
import { recommend, recommendBatch, recommendFor, recommendForAll } from "../../lib/recommend/recommend";
import { checkerboard } from "./checkerboard";
import { lightfm, trainedLike } from "./lightfm";

for (const [loss, seed, compat] of [
  ["warp", 1, undefined],
  ["warp", 2, "lightfm"],
  ["bpr", 1, undefined],
  ["bpr", 2, "lightfm"],
  ["warp-kos", 1, undefined],
  ["warp-kos", 2, "lightfm"],
] as const)
  test(`recommend() finds the withheld diagonal of a checkerboard by ${loss}, ${compat ?? "default"}`, async () => {
    const model = buildRecommender({ loss, seed, compat });
    await fit(model, checkerboard(30), { epochs: 20 });
    for (let user = 0; user < 30; user++) assert.equal(recommend(model, user, { count: 1 }).items[0], user);
  });

test("recommend() carries taste over to items nobody chose, by their features", async () => {
  const styles = csrFromDense(
    Float32Array.from({ length: 80 }, (_, i) => ((i >> 1) % 2 === i % 2 ? 1 : 0)),
    2,
  );
  const warm = checkerboard(30);
  const interactions = buildCoo({ ...warm, columns: 40 });
  const model = buildRecommender();
  await fit(model, interactions, { itemFeatures: styles, epochs: 20 });
  const cold = Array.from({ length: 10 }, (_, i) => 30 + i);
  for (let user = 0; user < 30; user++) {
    const { items } = recommend(model, user, { count: 5, allow: cold });
    assert.ok(items.every((item) => item % 2 === user % 2));
  }
});

test("recommend() orders by score, as predict() gives it", async () => {
  const model = await trainedLike(lightfm.cases[4], 5);
  const { items, scores } = recommend(model, 3, { count: 25, excludeSeen: false });
  const all = predict(model, 3);
  const wanted = [...all.keys()].sort((a, b) => all[b] - all[a] || a - b);
  assert.deepEqual([...items], wanted);
  assert.deepEqual(
    [...scores],
    wanted.map((item) => all[item]),
  );
});

test("recommend() leaves out seen items, and gives fewer than asked for when no more are left", async () => {
  const model = buildRecommender();
  await fit(model, checkerboard(6));
  assert.deepEqual([...recommend(model, 0, { count: 100 }).items].sort(), [0, 1, 3, 5]);
  assert.equal(recommend(model, 0, { count: 100, excludeSeen: false }).items.length, 6);
  const seen = buildCoo({ rows: 1, columns: 6, rowIndices: [0, 0], columnIndices: [5, 1] });
  assert.deepEqual([...recommend(model, 0, { seen }).items].sort(), [0, 2, 3, 4]);
});

test("recommend() honours lists of allowed and denied items", async () => {
  const model = buildRecommender();
  await fit(model, checkerboard(6));
  assert.deepEqual([...recommend(model, 0, { allow: [2, 3, 5] }).items].sort(), [3, 5]);
  assert.deepEqual([...recommend(model, 0, { deny: new Set([3, 5]) }).items].sort(), [0, 1]);
  assert.deepEqual([...recommend(model, 0, { allow: [3, 5], deny: [3] }).items], [5]);
  assert.equal(recommend(model, 0, { allow: [] }).items.length, 0);
});

test("recommend() refuses what the model does not know", async () => {
  const model = buildRecommender();
  await fit(model, checkerboard(6));
  const refused = (user: number, options: Parameters<typeof recommend>[2], message: string) =>
    assert.throws(() => recommend(model, user, options), { message });
  refused(0, { count: 0 }, "recommend(): count 0 is not an integer of 1 or more");
  refused(
    6,
    {},
    "predict(): user 6 is unknown to the model, which knows 6 users, counted from 0; ask for one of them, or fit the model on interactions that have this user",
  );
  refused(0, { deny: [6] }, "recommend(): deny: item index 6 at place 0 is outside the 6 there are, counted from 0");
  refused(
    0,
    { seen: checkerboard(7) },
    "recommend(): seen has 7 users and 7 items, the model knows 6 items and user 0 was asked for; pass the interactions of the same users and items",
  );
});

test("recommendFor() takes and gives the data set's own ids", async () => {
  const dataset = buildDataset({ users: ["anna", "ben", "cleo"], items: [7, "coat", 9, "bag"] });
  const rows: [string, string | number][] = [
    ["anna", 7],
    ["anna", "coat"],
    ["ben", 9],
    ["cleo", "bag"],
  ];
  const { interactions } = buildInteractions(dataset, rows);
  const model = buildRecommender();
  await fit(model, interactions, { epochs: 2 });
  const { items, scores } = recommendFor(dataset, model, "anna");
  assert.deepEqual(new Set(items), new Set([9, "bag"]));
  assert.equal(scores.length, 2);
  assert.deepEqual(recommendFor(dataset, model, "anna", { deny: ["bag"] }).items, [9]);
  assert.deepEqual(recommendFor(dataset, model, "ben", { allow: ["coat"] }).items, ["coat"]);
  assert.throws(() => recommendFor(dataset, model, "dora"), {
    name: "RangeError",
    message:
      'user "dora" is unknown; the data set knows 3 users, such as "anna", "ben", "cleo"; use one of them, or register it with extendDataset(dataset, { users: ["dora"] })',
  });
  extendDataset(dataset, { users: ["dora"] });
  assert.throws(() => recommendFor(dataset, model, "dora"), /user 3 is unknown to the model, which knows 3 users/);
});

test("recommendBatch() gives each user what recommend() does, and -1 where nothing is left", async () => {
  const model = buildRecommender();
  await fit(model, checkerboard(8));
  const options = { count: 6, deny: [1], allow: [0, 1, 2, 3, 4, 5] };
  const { count, items, scores } = recommendBatch(model, undefined, options);
  assert.equal(count, 6);
  for (let user = 0; user < 8; user++) {
    const one = recommend(model, user, options);
    const padded = (list: ArrayLike<number>, filler: number) =>
      Array.from({ length: 6 }, (_, place) => list[place] ?? filler);
    assert.deepEqual([...items.subarray(user * 6, user * 6 + 6)], padded(one.items, -1));
    assert.deepEqual([...scores.subarray(user * 6, user * 6 + 6)], padded(one.scores, -Infinity));
  }
  assert.deepEqual([...recommendBatch(model, [3, 3], { count: 1 }).items], [3, 3].map((user) => recommend(model, user).items[0])); // prettier-ignore
  assert.throws(() => recommendBatch(model, [8]), /user 8 is unknown to the model, which knows 8 users/);
});

test("recommendForAll() takes and gives ids for many users", async () => {
  const dataset = buildDataset({ users: ["anna", "ben"], items: ["coat", "bag", "hat"] });
  const { interactions } = buildInteractions(dataset, { users: ["anna", "ben"], items: ["coat", "hat"] });
  const model = buildRecommender();
  await fit(model, interactions);
  const all = recommendForAll(dataset, model);
  assert.deepEqual(all.map(({ user, items }) => [user, new Set(items)]), [["anna", new Set(["bag", "hat"])], ["ben", new Set(["coat", "bag"])]]); // prettier-ignore
  assert.deepEqual(recommendForAll(dataset, model, ["ben"], { deny: ["bag"] })[0].items, ["coat"]);
});
