import assert from "node:assert/strict";
import { test } from "node:test";
import { buildDataset } from "../../lib/recommend/dataset";
import { explainScore, explainScoreFor } from "../../lib/recommend/explain";
import { buildItemFeatures } from "../../lib/recommend/features";
import { fit } from "../../lib/recommend/fit";
import { foldInUser } from "../../lib/recommend/foldInUser";
import { buildRecommender } from "../../lib/recommend/model";
import { predict } from "../../lib/recommend/predict";
import { checkerboard } from "./checkerboard";
import { lightfmCase, trainedLike } from "./lightfm";

test("explainScore() takes a score apart without a remainder", async () => {
  const model = await trainedLike(lightfmCase("everything"), 5);
  for (let user = 0; user < 12; user++) {
    const scores = predict(model, user);
    for (let item = 0; item < 25; item++) {
      const { score, parts } = explainScore(model, user, item);
      assert.equal(score, parts.reduce((sum, { value }) => sum + value, 0)); // prettier-ignore
      assert.ok(Math.abs(score - scores[item]) < 1e-6);
    }
  }
});

test("explainScore() puts the largest part first", async () => {
  const model = await trainedLike(lightfmCase("everything"), 5);
  const sizes = explainScore(model, 2, 9).parts.map(({ value }) => Math.abs(value));
  assert.ok(sizes.length > 3);
  assert.deepEqual(sizes, [...sizes].sort((a, b) => b - a)); // prettier-ignore
});

test("explainScoreFor() names the features, and finds the one that matters", async () => {
  const rows = [...Array(20).keys()].map((row) => `n${row}`);
  const dataset = buildDataset({ users: rows, items: rows, itemFeatures: ["even", "odd"] });
  const bags = rows.map((id, row) => [id, [row % 2 ? "odd" : "even"]] as const);
  const model = buildRecommender();
  await fit(model, checkerboard(20), { itemFeatures: buildItemFeatures(dataset, bags), epochs: 20 });
  const { parts } = explainScoreFor(dataset, model, { user: "n3", item: "n7" });
  assert.deepEqual([parts[0].userFeature, parts[0].itemFeature], ["n3", "odd"]);
  const names = parts.map(({ userFeature, itemFeature }) => [userFeature, itemFeature].join());
  assert.deepEqual(names.sort(), [",n7", ",odd", "n3,", "n3,n7", "n3,odd"]);
  assert.throws(() => explainScoreFor(dataset, model, { user: "n3", item: "n77" }), /item "n77" is unknown/);
  assert.throws(() => explainScore(model, 20, 0), /explainScore\(\): user 20 is unknown to the model/);
});

test("explainScore() takes the score of a folded-in user apart, who has one feature", async () => {
  const model = await trainedLike(lightfmCase("everything"), 5);
  const guest = foldInUser(model, [3, 8]);
  const scores = predict(model, guest);
  for (let item = 0; item < 25; item++) {
    const { score, parts } = explainScore(model, guest, item);
    assert.ok(Math.abs(score - scores[item]) < 1e-5, `${score}, ${scores[item]}`);
    assert.deepEqual(new Set(parts.map(({ userFeature }) => userFeature)), new Set([0, undefined]));
  }
  const short = { vector: guest.vector.subarray(1), seen: guest.seen };
  const wanted = guest.vector.length;
  assert.throws(() => explainScore(model, short, 0), {
    name: "TypeError",
    message: `explainScore(): the vector has ${wanted - 1} numbers, wanted ${wanted}`,
  });
});
