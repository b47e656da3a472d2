import assert from "node:assert/strict";
import { test } from "node:test";
import { plantedShop } from "../../lib/data/plantedShop";
import { seededRandom } from "../../lib/random";
import { coldTrial } from "../../lib/recommend/coldTrial";
import { buildCoo } from "../../lib/recommend/coo";
import { identityCsr } from "../../lib/recommend/csr";
import { csrFromDense } from "../../lib/recommend/denseCsr";

const KINDS = 8;
const kinds = Int32Array.from({ length: 240 }, (_, item) => item % KINDS);
const shop = plantedShop(kinds, { users: 200, purchases: 10, random: seededRandom(3) });
const log = buildCoo({ rows: 200, columns: 240, rowIndices: shop.users, columnIndices: shop.items });

/** Each item described by one number of eight. */
function oneHot(columnOf: (kind: number) => number) {
  const dense = new Float32Array(kinds.length * KINDS);
  kinds.forEach((kind, item) => (dense[item * KINDS + columnOf(kind)] = 1));
  return csrFromDense(dense, KINDS);
}
const byKind = oneHot((kind) => kind);

test("coldTrial() ranks new items by what describes them, and by chance where nothing does", async () => {
  const known = await coldTrial(log, { itemFeatures: byKind, seed: 1 });
  const blind = await coldTrial(log, { itemFeatures: identityCsr(240), seed: 1 });
  assert.ok(known.auc > 0.7 && Math.abs(blind.auc - 0.5) < 0.06, `${known.auc} ${blind.auc}`);
  assert.ok(known.precisionAt10 > blind.precisionAt10);
  assert.equal(known.aucOfSome, known.auc);
  assert.deepEqual(await coldTrial(log, { itemFeatures: byKind, seed: 1 }), known);
});

test("coldTrial() scores the interactions with some of the items apart", async () => {
  const alike = oneHot((kind) => (kind < 4 ? 0 : kind)); // four kinds in one
  const scores = await coldTrial(log, { itemFeatures: alike, seed: 1, some: (item) => kinds[item] < 4 });
  assert.ok(scores.aucOfSome < scores.auc, `${scores.aucOfSome} ${scores.auc}`);
  await assert.rejects(coldTrial(log, { itemFeatures: byKind, some: () => false }), {
    name: "RangeError",
    message: "coldTrial(): no hidden interaction is with one of these items; choose more of them, or another seed",
  });
});
