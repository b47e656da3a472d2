import assert from "node:assert/strict";
import { test } from "node:test";
import { numpyRandom } from "../../../lib/random";
import { buildCoo } from "../../../lib/recommend/coo";
import { buildCsr, identityCsr } from "../../../lib/recommend/csr";
import { initialFactors } from "../../../lib/recommend/factors";
import { warpEpoch } from "../../../lib/recommend/losses/warp";
import { defaultSettings } from "../../../lib/recommend/settings";

/** One user who chose item 0 of three, with everything at zero but the items' biases. */
function epochWithBiases(biases: number[], { maxSampled = 10, weight = 1 } = {}) {
  const interactions = buildCoo({ rows: 1, columns: 3, rowIndices: [0], columnIndices: [0] });
  const items = initialFactors(3, 2, { random: numpyRandom(1) });
  const users = initialFactors(1, 2, { random: numpyRandom(1) });
  items.embeddings.fill(0);
  users.embeddings.fill(0);
  items.biases.set(biases);
  const task = {
    settings: { ...defaultSettings, maxSampled },
    items,
    users,
    itemFeatures: identityCsr(3),
    userFeatures: identityCsr(1),
    interactions,
    chosen: buildCsr(interactions),
    weights: Float32Array.of(weight),
  };
  const result = warpEpoch(task, { order: Int32Array.of(0), seed: 5 });
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

test("warpEpoch() caps the step of a heavy interaction", () => {
  const { items } = epochWithBiases([1, 1, 1], { maxSampled: 100, weight: 1e6 });
  assert.equal(Math.abs(items.biases[0] - 1), Math.fround(1.5) - 1);
});

test("warpEpoch() leaves the user's bias alone", () => {
  const { users } = epochWithBiases([0, 1, 1], { maxSampled: 100, weight: 3 });
  assert.deepEqual([...users.biases], [0]);
  assert.deepEqual([...users.biasGradients], [1]);
});
