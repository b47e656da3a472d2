import assert from "node:assert/strict";
import { test } from "node:test";
import { numpyRandom } from "../../../lib/random";
import { buildCoo } from "../../../lib/recommend/coo";
import { buildCsr, identityCsr } from "../../../lib/recommend/csr";
import { initialFactors } from "../../../lib/recommend/factors";
import { logisticEpoch } from "../../../lib/recommend/losses/logistic";
import { defaultSettings } from "../../../lib/recommend/settings";

test("logisticEpoch() moves both biases by the error of the probability, and counts wrong signs", () => {
  const interactions = buildCoo({ rows: 1, columns: 1, rowIndices: [0], columnIndices: [0], values: [-1] });
  const items = initialFactors(1, 2, { random: numpyRandom(1) });
  const users = initialFactors(1, 2, { random: numpyRandom(1) });
  users.embeddings.fill(0);
  items.biases[0] = 2;
  const before = users.embeddings.slice();
  const task = {
    settings: defaultSettings,
    items,
    users,
    itemFeatures: identityCsr(1),
    userFeatures: identityCsr(1),
    interactions,
    chosen: buildCsr(interactions),
    weights: Float32Array.of(0.5),
  };
  const vector = items.embeddings.slice();
  const { loss, violationRate } = logisticEpoch(task, { order: Int32Array.of(0) });
  const slope = 0.5 * Math.fround(1 / (1 + Math.exp(-2)));
  assert.equal(items.biases[0], Math.fround(2 - Math.fround(0.05) * slope));
  assert.equal(users.biases[0], Math.fround(0 - Math.fround(0.05) * slope));
  assert.ok(Math.abs(users.embeddings[1] - (before[1] - 0.05 * slope * vector[1])) < 1e-7);
  assert.ok(Math.abs(loss - 0.5 * Math.log(1 + Math.exp(2))) < 1e-12);
  assert.equal(violationRate, 1);
});
