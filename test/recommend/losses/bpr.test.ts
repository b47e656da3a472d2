import assert from "node:assert/strict";
import { test } from "node:test";
import { numpyRandom } from "../../../lib/random";
import { buildCoo } from "../../../lib/recommend/coo";
import { buildCsr, identityCsr } from "../../../lib/recommend/csr";
import { initialFactors } from "../../../lib/recommend/factors";
import { bprEpoch } from "../../../lib/recommend/losses/bpr";
import { defaultSettings } from "../../../lib/recommend/settings";

/** One user, who chose item 0 and perhaps more of two items, with everything at zero but the items' biases. */
function epochOf(chosenItems: number[], { biases = [0, 0], compat }: { biases?: number[]; compat?: "lightfm" } = {}) {
  const interactions = buildCoo({
    rows: 2,
    columns: 2,
    rowIndices: [...chosenItems.map(() => 0), 1],
    columnIndices: [...chosenItems, 1],
  });
  const items = initialFactors(2, 2, { random: numpyRandom(1) });
  const users = initialFactors(2, 2, { random: numpyRandom(1) });
  items.embeddings.fill(0);
  users.embeddings.fill(0);
  items.biases.set(biases);
  const task = {
    settings: { ...defaultSettings, compat },
    items,
    users,
    itemFeatures: identityCsr(2),
    userFeatures: identityCsr(2),
    interactions,
    chosen: buildCsr(interactions),
    weights: new Float32Array(interactions.values.length).fill(1),
  };
  return { result: bprEpoch(task, { order: Int32Array.of(0), seed: 5 }), items };
}

test("bprEpoch() takes the step and the loss of the likelihood's formula", () => {
  const { result, items } = epochOf([0], { biases: [0.5, 0.25] });
  const slope = 1 - Math.fround(1 / (1 + Math.exp(-0.25)));
  assert.equal(items.biases[0], Math.fround(0.5 + Math.fround(0.05) * slope));
  assert.equal(items.biases[1], Math.fround(0.25 - Math.fround(0.05) * slope));
  assert.ok(Math.abs(result.loss - Math.log(1 + Math.exp(-0.25))) < 1e-12);
  assert.equal(result.violationRate, 0);
});

test("bprEpoch() passes over a user who chose everything, and does not under compat", () => {
  const { result, items } = epochOf([0, 1]);
  assert.deepEqual(result, { loss: 0, violationRate: 0 });
  assert.ok(items.biasGradients.every((square) => square === 1));
  assert.ok(epochOf([0, 1], { compat: "lightfm" }).items.biasGradients.some((square) => square > 1));
});
