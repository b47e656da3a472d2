import assert from "node:assert/strict";
import { test } from "node:test";
import { buildRecommender } from "../../lib/recommend/model";
import { predict, predictPairs, toScorer } from "../../lib/recommend/predict";
import { largestDifference, lightfm, trainedLike } from "./lightfm";

for (const given of lightfm.cases)
  test(`predict() gives LightFM's scores, case ${given.name}`, async () => {
    const model = await trainedLike(given, 5);
    assert.ok(largestDifference(predict(model, 3), given.scoresOfUser3) <= 1e-6);
    assert.deepEqual(toScorer(model)(3), predict(model, 3));
  });

test("predict() of some items gives the same scores as of all", async () => {
  const model = await trainedLike(lightfm.cases[2], 1);
  const all = predict(model, 5);
  assert.deepEqual([...predict(model, 5, [24, 0, 24])], [all[24], all[0], all[24]]);
});

test("predict() refuses a model that has learned nothing, and items it does not know", async () => {
  assert.throws(() => predict(buildRecommender(), 0), RangeError);
  const model = await trainedLike(lightfm.cases[0], 1);
  for (const item of [-1, 25, 0.5, NaN])
    assert.throws(() => predict(model, 0, [0, item]), {
      name: "RangeError",
      message: `predict(): item ${item} is unknown to the model, which knows 25 items, counted from 0; ask for one of them, or fit the model on interactions that have this item`,
    });
});

test("predictPairs() scores each user with the item beside it", async () => {
  const model = await trainedLike(lightfm.cases[2], 1);
  assert.deepEqual([...predictPairs(model, [5, 3], [24, 0])], [predict(model, 5)[24], predict(model, 3)[0]]);
  assert.throws(() => predictPairs(model, [5], [1, 2]), {
    name: "TypeError",
    message: "predictPairs(): 1 users and 2 items; give one item for each user",
  });
  assert.throws(() => predictPairs(model, [12], [1]), /predict\(\): user 12 is unknown to the model/);
});
