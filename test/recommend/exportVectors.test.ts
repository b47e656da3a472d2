import assert from "node:assert/strict";
import { test } from "node:test";
import { exportVectors } from "../../lib/recommend/exportVectors";
import { predict } from "../../lib/recommend/predict";
import { recommend } from "../../lib/recommend/recommend";
import { lightfmCase, trainedLike } from "./lightfm";

const rowsOf = (values: Float32Array, length: number) =>
  Array.from({ length: values.length / length }, (_, row) => [...values.subarray(row * length, (row + 1) * length)]);

test("exportVectors() gives vectors whose inner product is the score, biases and all", async () => {
  const model = await trainedLike(lightfmCase("logistic, everything"), 5);
  const { length, users, items } = exportVectors(model);
  assert.equal(length, 7);
  for (const [user, query] of rowsOf(users, length).entries()) {
    const products = rowsOf(items, length).map((vector) => vector.reduce((sum, value, j) => sum + value * query[j], 0));
    predict(model, user).forEach((score, item) => assert.ok(Math.abs(score - products[item]) < 1e-6));
  }
});

test("exportVectors() for distances puts the best items nearest", async () => {
  const model = await trainedLike(lightfmCase("everything"), 5);
  const { length, users, items } = exportVectors(model, { metric: "euclidean" });
  for (const [user, query] of rowsOf(users, length).entries()) {
    const distances = rowsOf(items, length).map((vector) => Math.hypot(...vector.map((value, j) => value - query[j])));
    const nearest = distances.indexOf(Math.min(...distances));
    assert.equal(nearest, recommend(model, user, { count: 1, excludeSeen: false }).items[0]);
  }
});
