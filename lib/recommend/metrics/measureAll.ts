import type { Coo } from "../coo";
import { aucOf, precisionOf, recallOf, reciprocalRankOf } from "../metrics";
import type { Recommender } from "../model";
import type { Scorer } from "../predict";
import { heldOutRanks } from "../ranks";
import { averagePrecisionOf } from "./averagePrecision";
import { measureCatalogue } from "./catalogue";
import { hitOf } from "./hitRate";
import { checkPlaces, measure } from "./measure";
import { ndcgOf } from "./ndcg";

/**
 * Every metric there is, by name: precision, recall, NDCG, MAP and hit rate of the first k places, reciprocal rank,
 * AUC, and coverage and novelty of the lists of the users with held-out items.
 *
 * @param test - held-out interactions, shape [users, items]
 * @param options - settings by name
 * @param options.train - what was trained on; these items take no part
 * @param options.k - default 10
 */
export function measureAll(
  model: Recommender | Scorer,
  test: Coo,
  { train, k = 10 }: { train: Coo; k?: number },
): Record<string, number> {
  checkPlaces(k, "measureAll()");
  const ranks = heldOutRanks(model, test, { train });
  const { coverage, novelty } = measureCatalogue(model, train, { k, users: ranks.map(({ user }) => user) });
  return {
    [`precision at ${k}`]: measure(ranks, precisionOf(k)).mean,
    [`recall at ${k}`]: measure(ranks, recallOf(k)).mean,
    [`NDCG at ${k}`]: measure(ranks, ndcgOf(k)).mean,
    [`MAP at ${k}`]: measure(ranks, averagePrecisionOf(k)).mean,
    [`hit rate at ${k}`]: measure(ranks, hitOf(k)).mean,
    "reciprocal rank": measure(ranks, reciprocalRankOf).mean,
    AUC: measure(ranks, aucOf).mean,
    coverage,
    novelty,
  };
}
