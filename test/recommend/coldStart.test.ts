import assert from "node:assert/strict";
import { test } from "node:test";
import { coldItem, coldUser } from "../../lib/recommend/coldStart";
import { buildDataset } from "../../lib/recommend/dataset";
import { buildItemFeatures, buildUserFeatures, itemFeatureRow, userFeatureRow } from "../../lib/recommend/features";
import { fit } from "../../lib/recommend/fit";
import { buildRecommender } from "../../lib/recommend/model";
import { predict } from "../../lib/recommend/predict";
import { recommend } from "../../lib/recommend/recommend";
import { recommendUsers } from "../../lib/recommend/recommendUsers";
import { similarItems } from "../../lib/recommend/similar";
import { checkerboard } from "./checkerboard";

const parity = (row: number) => (row % 2 === 0 ? "even" : "odd");

/** The checkerboard, with users and items also described by their parity. */
async function describedBoard() {
  const rows = [...Array(20).keys()];
  const names = { userFeatures: ["even", "odd"], itemFeatures: ["even", "odd"] };
  const dataset = buildDataset({ users: rows, items: rows, ...names });
  const bags = rows.map((row) => [row, [parity(row)]] as const);
  const model = buildRecommender();
  const itemFeatures = buildItemFeatures(dataset, bags);
  const userFeatures = buildUserFeatures(dataset, bags);
  await fit(model, checkerboard(20), { itemFeatures, userFeatures, epochs: 20 });
  return { dataset, model };
}

test("coldUser() recommends to someone of whom only features are known", async () => {
  const { dataset, model } = await describedBoard();
  for (const name of ["even", "odd"]) {
    const { items } = recommend(model, coldUser(model, userFeatureRow(dataset, [name])), { count: 10 });
    assert.ok(items.every((item) => parity(item) === name));
  }
});

test("coldUser() of a known user's features scores as that user does", async () => {
  const { dataset, model } = await describedBoard();
  const { userFeatures } = model.learned!;
  const [start, end] = [userFeatures.offsets[7], userFeatures.offsets[8]];
  const row = {
    indices: userFeatures.indices.subarray(start, end),
    values: userFeatures.values.subarray(start, end),
  };
  assert.deepEqual(predict(model, coldUser(model, row)), predict(model, 7));
  assert.deepEqual(userFeatureRow(dataset, { odd: 3, even: -1 }), { indices: [21, 20], values: [0.75, -0.25] });
});

test("coldItem() finds the users and the items for something new", async () => {
  const { dataset, model } = await describedBoard();
  const vector = coldItem(model, itemFeatureRow(dataset, ["odd"]));
  const { users, scores } = recommendUsers(model, vector, { count: 10 });
  assert.ok(users.every((user) => user % 2 === 1));
  assert.ok(scores.every((score, place) => place === 0 || score <= scores[place - 1]));
  assert.ok(similarItems(model, vector, { count: 10 }).rows.every((item) => item % 2 === 1));
});

test("coldUser() and itemFeatureRow() refuse features that are none", async () => {
  const { dataset, model } = await describedBoard();
  assert.throws(() => coldUser(model, { indices: [22] }), {
    name: "RangeError",
    message: "coldUser(): feature index 22 at place 0 is outside the 22 there are, counted from 0",
  });
  assert.throws(() => coldItem(model, { indices: [1], values: [NaN] }), {
    name: "RangeError",
    message: "coldItem(): weight 0 is NaN; wanted a finite number; drop or replace it",
  });
  assert.throws(() => coldItem(model, { indices: [1], values: [] }), TypeError);
  assert.throws(() => itemFeatureRow(dataset, []), {
    name: "RangeError",
    message: "itemFeatureRow(): no feature to normalise; name one at least, or pass { normalize: false }",
  });
  assert.throws(() => itemFeatureRow(dataset, ["blue"]), /item feature "blue" is unknown/);
});
