import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, seededRandom } from "../../../lib/random";
import { buildCoo, type Coo } from "../../../lib/recommend/coo";
import { averagePrecisionAtK } from "../../../lib/recommend/metrics/averagePrecision";
import { hitRateAtK } from "../../../lib/recommend/metrics/hitRate";
import { ndcgAtK } from "../../../lib/recommend/metrics/ndcg";
import { splitInteractions } from "../../../lib/recommend/splitInteractions";

/** A second, naive form, from the list of hits in order. */
function naive(scores: Float32Array, held: Set<number>, { known, k }: { known: Set<number>; k: number }) {
  const order = [...scores.keys()].filter((item) => !known.has(item)).sort((a, b) => scores[b] - scores[a]);
  const hits: number[] = order.slice(0, k).map((item) => (held.has(item) ? 1 : 0));
  const gain = (list: number[]) => list.reduce((sum, hit, place) => sum + hit / Math.log2(place + 2), 0);
  const best = Math.min(k, held.size);
  const precisionAt = (place: number) => hits.slice(0, place + 1).reduce((sum, hit) => sum + hit, 0) / (place + 1);
  return {
    ndcg: gain(hits) / gain(new Array(best).fill(1)),
    averagePrecision: hits.reduce((sum, hit, place) => sum + hit * precisionAt(place), 0) / best,
    hit: Math.max(...hits),
  };
}

const itemsOf = ({ rowIndices, columnIndices }: Coo, user: number) =>
  new Set([...columnIndices].filter((_, place) => rowIndices[place] === user));

for (const k of [10, 3, 1])
  test(`NDCG, average precision and hits agree with naive forms of themselves at k = ${k}`, () => {
    const random = seededRandom(k);
    for (let round = 0; round < 20; round++) {
      const draw = (limit: number) => Array.from({ length: 90 }, () => integer(random, 0, limit));
      const interactions = buildCoo({ rows: 9, columns: 31, rowIndices: draw(9), columnIndices: draw(31) });
      const { train, test: held } = splitInteractions(interactions, { testShare: 0.3, random });
      const scores = Array.from({ length: 9 }, () => Float32Array.from({ length: 31 }, () => random.uniform()));
      const scorer = (user: number) => scores[user];
      const results = [ndcgAtK, averagePrecisionAtK, hitRateAtK].map((metric) => metric(scorer, held, { train, k }));
      results[0].users.forEach((user, place) => {
        const wanted = naive(scores[user], itemsOf(held, user), { known: itemsOf(train, user), k });
        Object.values(wanted).forEach((value, which) =>
          assert.ok(Math.abs(results[which].values[place] - value) < 1e-12),
        );
      });
    }
  });

const oneUser = buildCoo({ rows: 1, columns: 4, rowIndices: [0, 0], columnIndices: [0, 2] });

test("ndcgAtK(), averagePrecisionAtK() and hitRateAtK() give full marks to a perfect order, none to equal scores", () => {
  for (const metric of [ndcgAtK, averagePrecisionAtK, hitRateAtK]) {
    assert.equal(metric(() => Float32Array.of(4, 1, 3, 2), oneUser, { k: 3 }).mean, 1); // prettier-ignore
    assert.equal(metric(() => new Float32Array(4), oneUser, { k: 3 }).mean, 0);
    assert.throws(() => metric(() => new Float32Array(4), oneUser, { k: 0 }), /k 0 is not an integer of 1 or more/);
  }
});
