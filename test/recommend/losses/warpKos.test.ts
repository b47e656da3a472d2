import assert from "node:assert/strict";
import { test } from "node:test";
import { numpyRandom } from "../../../lib/random";
import { buildCoo } from "../../../lib/recommend/coo";
import { buildCsr, identityCsr } from "../../../lib/recommend/csr";
import { initialFactors } from "../../../lib/recommend/factors";
import { warpKosEpoch } from "../../../lib/recommend/losses/warpKos";
import { defaultSettings } from "../../../lib/recommend/settings";

/** One user who chose items 0, 1 and 2 of five, whose scores are their biases; gives the item that was moved up. */
function movedUp({ k, n, seed }: { k: number; n: number; seed: number }): number {
  const interactions = buildCoo({ rows: 1, columns: 5, rowIndices: [0, 0, 0], columnIndices: [0, 1, 2] });
  const items = initialFactors(5, 2, { random: numpyRandom(1) });
  const users = initialFactors(1, 2, { random: numpyRandom(1) });
  items.embeddings.fill(0);
  users.embeddings.fill(0);
  const biases = [0.3, 0.1, 0.2, 5, 5];
  items.biases.set(biases);
  const task = {
    settings: { ...defaultSettings, k, n, maxSampled: 50 },
    items,
    users,
    itemFeatures: identityCsr(5),
    userFeatures: identityCsr(1),
    interactions,
    chosen: buildCsr(interactions),
    weights: Float32Array.of(1, 1, 1),
  };
  warpKosEpoch(task, { order: Int32Array.of(0), seed });
  return items.biases.findIndex((bias, item) => bias > Math.fround(biases[item]));
}

test("warpKosEpoch() teaches the k-th best of many chosen items drawn", () => {
  const seeds = [...Array(30).keys()];
  const shares = (k: number, n: number) =>
    [0, 1, 2].map((item) => seeds.filter((seed) => movedUp({ k, n, seed }) === item).length);
  const [best, last] = [shares(1, 3), shares(3, 3)];
  assert.ok(best[0] > best[2] && best[2] > best[1], String(best));
  assert.ok(last[1] > last[2] && last[2] > last[0], String(last));
  assert.deepEqual(shares(9, 3), last); // fewer than k were drawn: the last of them
});
