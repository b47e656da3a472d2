import assert from "node:assert/strict";
import { test } from "node:test";
import { buildDataset, extendDataset } from "../../lib/recommend/dataset";
import { buildItemFeatures, buildUserFeatures, itemFeatureRow, type FeatureBag } from "../../lib/recommend/features";
import { lightfm } from "./lightfm";

/** The data set and features the fixture was made with. */
function wardrobe() {
  const dataset = buildDataset({ items: ["coat", "boot", "bag"], itemFeatures: ["warm", "small"] });
  extendDataset(dataset, { items: ["hat"], itemFeatures: ["red"] });
  const bags: [string, FeatureBag][] = [
    ["coat", { warm: 2, red: 0.5 }],
    ["bag", ["small", "small"]],
    ["hat", ["red"]],
  ];
  return { dataset, bags };
}

for (const [name, normalize] of [
  ["normalized", true],
  ["raw", false],
] as const)
  test(`buildItemFeatures() gives LightFM's matrix, ${name}`, () => {
    const { dataset, bags } = wardrobe();
    const matrix = buildItemFeatures(dataset, bags, { normalize });
    const wanted = lightfm.dataset[name];
    assert.deepEqual([matrix.rows, matrix.columns], wanted.shape);
    assert.deepEqual([...matrix.offsets], wanted.offsets);
    assert.deepEqual([...matrix.indices], wanted.indices);
    matrix.values.forEach((value, place) => assert.ok(Math.abs(value - wanted.values[place]) < 1e-7));
  });

test("buildUserFeatures() takes names, objects and maps, numbers for names too", () => {
  const dataset = buildDataset({ users: ["a", "b", "c"], userFeatures: [0, 1], userIdentity: false });
  const bags: [string, FeatureBag][] = [
    ["a", [1]],
    ["b", { 0: 3, 1: 1 }],
    ["c", new Map([[0, -2]])],
  ];
  assert.deepEqual([...buildUserFeatures(dataset, bags).values], [1, 0.75, 0.25, -1]);
});

test("buildItemFeatures() refuses what it cannot place or normalise", () => {
  const dataset = buildDataset({ items: ["coat", "hat"], itemFeatures: ["warm"], itemIdentity: false });
  assert.throws(() => buildItemFeatures(dataset, [["coat", ["warm"]]]), {
    name: "RangeError",
    message: 'item "hat" has no feature to normalise; give it one, or pass { normalize: false }',
  });
  assert.throws(() => buildItemFeatures(dataset, [["coat", "warm" as never]]), {
    name: "TypeError",
    message: 'features of item "coat" are "warm"; wanted a list of names, or names with weights, as in { warm: 0.5 }',
  });
  assert.throws(() => buildItemFeatures(dataset, [["coat", { warm: NaN }]]), {
    name: "RangeError",
    message: 'features of item "coat": "warm" weighs NaN; wanted a finite number; drop or replace it',
  });
  assert.throws(() => itemFeatureRow(dataset, { warm: Infinity }), {
    name: "RangeError",
    message: 'features of a new item: "warm" weighs Infinity; wanted a finite number; drop or replace it',
  });
  assert.throws(
    () => itemFeatureRow(dataset, "warm" as never),
    /^TypeError: features of a new item are "warm"; wanted/,
  );
  assert.throws(() => buildItemFeatures(dataset, [["coat", ["cold"]]]), /item feature "cold" is unknown/);
  assert.throws(() => buildItemFeatures(dataset, [["sock", ["warm"]]]), /item "sock" is unknown/);
});
