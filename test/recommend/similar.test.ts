import assert from "node:assert/strict";
import { test } from "node:test";
import { fit } from "../../lib/recommend/fit";
import { foldInUser } from "../../lib/recommend/foldInUser";
import { buildRecommender } from "../../lib/recommend/model";
import { itemRepresentations } from "../../lib/recommend/representations";
import { similarItems, similarUsers } from "../../lib/recommend/similar";
import { checkerboard } from "./checkerboard";

async function board() {
  const model = buildRecommender();
  await fit(model, checkerboard(20), { epochs: 20 });
  return model;
}

test("similarItems() are those of the same colour, by the cosine of their vectors", async () => {
  const model = await board();
  const { rows, scores } = similarItems(model, 4, { count: 9 });
  assert.deepEqual([...rows].sort((a, b) => a - b), [0, 2, 6, 8, 10, 12, 14, 16, 18]); // prettier-ignore
  const { embeddings, components } = itemRepresentations(model);
  const vector = (row: number) => [...embeddings.subarray(row * components, (row + 1) * components)];
  const norm = (row: number) => Math.hypot(...vector(row));
  const dot = vector(4).reduce((sum, value, j) => sum + value * vector(rows[0])[j], 0);
  assert.ok(Math.abs(scores[0] - dot / norm(4) / norm(rows[0])) < 1e-6);
  assert.ok(scores[0] <= 1 && scores[8] > 0);
});

test("similarUsers() takes a known user or a vector", async () => {
  const model = await board();
  assert.ok(similarUsers(model, 5, { count: 9 }).rows.every((user) => user % 2 === 1 && user !== 5));
  const { vector } = foldInUser(model, [1, 3, 5]);
  assert.ok(similarUsers(model, vector).rows.every((user) => user % 2 === 1));
  assert.equal(similarUsers(model, new Float32Array(11)).scores[0], 0);
});

test("similarItems() refuses what it does not know", async () => {
  const model = await board();
  assert.throws(() => similarItems(model, 20), /similarItems\(\): item 20 is unknown to the model/);
  assert.throws(() => similarUsers(model, 0, { count: 0 }), /similarUsers\(\): count 0 is not an integer of 1 or more/);
  assert.throws(() => similarUsers(model, new Float32Array(2)), {
    name: "TypeError",
    message: "similarUsers(): the vector has 2 numbers, wanted 11",
  });
});
