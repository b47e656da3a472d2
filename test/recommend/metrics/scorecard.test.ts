import assert from "node:assert/strict";
import { test } from "node:test";
import { numpyRandom, seededRandom } from "../../../lib/random";
import { fit } from "../../../lib/recommend/fit";
import { evaluate } from "../../../lib/recommend/metrics";
import { scorecard } from "../../../lib/recommend/metrics/scorecard";
import { buildRecommender } from "../../../lib/recommend/model";
import { popularityScorer } from "../../../lib/recommend/popularity";
import { splitByUser } from "../../../lib/recommend/splits/splitByUser";
import { plantedTastes } from "../checkerboard";

test("scorecard() sets every metric beside the popularity baseline, which a taste beats", async () => {
  const { train, test: held } = splitByUser(plantedTastes(), { random: numpyRandom(1) });
  const model = buildRecommender();
  await fit(model, train, { epochs: 30 });
  const rows = scorecard(model, held, { train, random: seededRandom(2), k: 5 });
  const names = ["precision at 5", "recall at 5", "NDCG at 5", "MAP at 5", "hit rate at 5", "reciprocal rank", "AUC", "coverage", "novelty"]; // prettier-ignore
  assert.deepEqual(rows.map(({ metric }) => metric), names); // prettier-ignore
  for (const { metric, model: ours, popularity } of rows)
    assert.ok(ours > popularity, `${metric} ${ours}, ${popularity}`);
  const wanted = evaluate(popularityScorer(train, { random: seededRandom(2) }), held, { train, k: 5 });
  assert.equal(rows[0].popularity, wanted.precisionAtK);
  assert.equal(rows[6].popularity, wanted.auc);
});
