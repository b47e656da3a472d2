import assert from "node:assert/strict";
import { test } from "node:test";
import { buildDataset, columnOfFeature, datasetShape, extendDataset, rowOfId } from "../../lib/recommend/dataset";

test("buildDataset() numbers ids in the order in which they come, once each", () => {
  const { users } = buildDataset({ users: ["b", "a", "b", 5, "5"] });
  assert.deepEqual(users.ids, ["b", "a", 5, "5"]);
  assert.deepEqual(
    ["b", "a", 5, "5"].map((id) => rowOfId(users, id)),
    [0, 1, 2, 3],
  );
});

test("extendDataset() adds in place: ids that come late have features behind the named ones", () => {
  const dataset = buildDataset({ items: ["coat"], itemFeatures: ["warm"] });
  assert.equal(extendDataset(dataset, { items: ["hat", "coat"], itemFeatures: ["warm", "red"] }), dataset);
  assert.deepEqual(dataset.items.ownColumns, [0, 2]);
  assert.deepEqual([columnOfFeature(dataset.items, "warm"), columnOfFeature(dataset.items, "red")], [1, 3]);
  assert.deepEqual(datasetShape(dataset), { users: 0, items: 2, userFeatures: 0, itemFeatures: 4 });
});

test("buildDataset() keeps ids and feature names apart", () => {
  const { items } = buildDataset({ items: ["5"], itemFeatures: ["5"] });
  assert.deepEqual([items.ownColumns, columnOfFeature(items, "5")], [[0], 1]);
});

test("buildDataset() gives ids no feature of their own when told so", () => {
  const dataset = buildDataset({ users: [1, 2], userFeatures: ["old"], userIdentity: false });
  assert.deepEqual(datasetShape(dataset), { users: 2, items: 0, userFeatures: 1, itemFeatures: 0 });
});

test("extendDataset() refuses names that are none, and adds nothing then", () => {
  const dataset = buildDataset({ users: ["anna"] });
  assert.throws(() => extendDataset(dataset, { users: ["ben"], items: [NaN] }), {
    name: "TypeError",
    message: "extendDataset(): item 0 is NaN; wanted a string or a finite number for a name",
  });
  assert.throws(() => extendDataset(dataset, { itemFeatures: "warm" }), {
    name: "TypeError",
    message: 'extendDataset(): item features are the string "warm"; wanted a list of ids, as in ["warm"]',
  });
  assert.deepEqual(dataset.users.ids, ["anna"]);
});

test("rowOfId() tells who is known", () => {
  assert.throws(() => rowOfId(buildDataset().items, 4), {
    name: "RangeError",
    message: "item 4 is unknown, as no item is registered; register it with extendDataset(dataset, { items: [4] })",
  });
  assert.throws(() => columnOfFeature(buildDataset({ itemFeatures: ["a", "b", "c", "d"] }).items, "e"), {
    name: "RangeError",
    message:
      'item feature "e" is unknown; the data set knows 4 item features, such as "a", "b", "c"; use one of them, or register it with extendDataset(dataset, { itemFeatures: ["e"] })',
  });
});
