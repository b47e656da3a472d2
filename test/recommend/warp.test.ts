import assert from "node:assert/strict";
import { test } from "node:test";
import { numpyRandom } from "../../lib/random";
import { identityCsr, buildCsr } from "../../lib/recommend/csr";
import { buildCoo } from "../../lib/recommend/coo";
import { initialFactors } from "../../lib/recommend/factors";
import { warpEpoch } from "../../lib/recommend/warp";
import { largestDifference, lightfm, trainedLike } from "./lightfm";

/** LightFM's numbers come out bit for bit here; other machines may round a logarithm otherwise. */
const TOLERANCE = 1e-6;

for (const given of lightfm.cases)
  for (const epochs of [1, 5])
    test(`warpEpoch() learns LightFM's numbers in ${epochs} epochs, case ${given.name}`, async () => {
      const { items, users } = (await trainedLike(given, epochs)).learned!;
      const wanted = given.epochs[epochs];
      assert.ok(largestDifference(items.embeddings, wanted.itemEmbeddings) <= TOLERANCE);
      assert.ok(largestDifference(items.biases, wanted.itemBiases) <= TOLERANCE);
      assert.ok(largestDifference(users.embeddings, wanted.userEmbeddings) <= TOLERANCE);
      assert.ok(largestDifference(users.biases, wanted.userBiases) <= TOLERANCE);
      assert.ok(largestDifference(items.embeddingGradients, wanted.itemEmbeddingGradients) <= TOLERANCE);
      assert.ok(largestDifference(users.biasGradients, wanted.userBiasGradients) <= TOLERANCE);
    });

/** One user who chose item 0 of three, with everything at zero but the items' biases. */
function epochWithBiases(biases: number[], { maxSampled = 10, weight = 1 } = {}) {
  const interactions = buildCoo({ rows: 1, columns: 3, rowIndices: [0], columnIndices: [0] });
  const items = initialFactors(3, 2, numpyRandom(1));
  const users = initialFactors(1, 2, numpyRandom(1));
  items.embeddings.fill(0);
  users.embeddings.fill(0);
  items.biases.set(biases);
  const result = warpEpoch({
    items,
    users,
    itemFeatures: identityCsr(3),
    userFeatures: identityCsr(1),
    interactions,
    chosen: buildCsr(interactions),
    weights: Float32Array.of(weight),
    order: Int32Array.of(0),
    seed: 5,
    learningRate: 0.05,
    maxSampled,
  });
  return { result, items, users };
}

test("warpEpoch() leaves a chosen item alone that leads by the margin", () => {
  const { result, items } = epochWithBiases([2, 1, 1]);
  assert.deepEqual(result, { loss: 0, violationRate: 0 });
  assert.deepEqual([...items.biases], [2, 1, 1]);
});

test("warpEpoch() raises the chosen item and lowers one of the others by as much", () => {
  const { result, items } = epochWithBiases([1, 1, 1], { maxSampled: 100 });
  const [chosen, ...others] = [...items.biases].map((bias) => bias - 1);
  assert.equal(result.violationRate, 1);
  assert.ok(chosen >= 0);
  assert.ok(Math.abs(chosen + others[0] + others[1]) < 1e-6);
  assert.equal(others.filter((change) => change === 0).length >= 1, true);
});

test("warpEpoch() never takes an item with a stored entry for a negative", () => {
  const interactions = buildCoo({ rows: 1, columns: 2, rowIndices: [0, 0], columnIndices: [0, 1], values: [1, -1] });
  const items = initialFactors(2, 2, numpyRandom(1));
  const before = items.embeddings.slice();
  const result = warpEpoch({
    items,
    users: initialFactors(1, 2, numpyRandom(2)),
    itemFeatures: identityCsr(2),
    userFeatures: identityCsr(1),
    interactions,
    chosen: buildCsr(interactions),
    weights: Float32Array.of(1, 1),
    order: Int32Array.of(0, 1),
    seed: 5,
    learningRate: 0.05,
    maxSampled: 50,
  });
  assert.deepEqual(result, { loss: 0, violationRate: 0 });
  assert.deepEqual(items.embeddings, before);
});
