import type { Random } from "../../random";
import type { Coo } from "../coo";
import type { Recommender } from "../model";
import { aucOf, precisionOf, recallOf, reciprocalRankOf } from "../metrics";
import { popularityScorer } from "../popularity";
import type { Scorer } from "../predict";
import { heldOutRanks } from "../ranks";
import { averagePrecisionOf } from "./averagePrecision";
import { measureCatalogue } from "./catalogue";
import { hitOf } from "./hitRate";
import { checkPlaces, measure } from "./measure";
import { ndcgOf } from "./ndcg";

/** A metric of a model, and beside it what recommending the most popular items to everyone reaches. */
export interface ScorecardRow {
  metric: string;
  model: number;
  popularity: number;
}

/**
 * Every metric there is, each beside the popularity baseline, as rows of a table: precision, recall, NDCG, MAP and hit
 * rate of the first k places, reciprocal rank, AUC, and coverage and novelty of the lists.
 *
 * @param test - held-out interactions, shape [users, items]
 * @param options.train - what was trained on
 * @param options.random - decides among equally popular items
 * @param options.k - default 10
 */
export function scorecard(
  model: Recommender | Scorer,
  test: Coo,
  { train, random, k = 10 }: { train: Coo; random: Random; k?: number },
): ScorecardRow[] {
  checkPlaces(k, "scorecard()");
  const [ours, baseline] = [model, popularityScorer(train, { random })].map((scorer) =>
    allMetrics(scorer, test, { train, k }),
  );
  return Object.keys(ours).map((metric) => ({ metric, model: ours[metric], popularity: baseline[metric] }));
}

function allMetrics(
  model: Recommender | Scorer,
  test: Coo,
  { train, k }: { train: Coo; k: number },
): Record<string, number> {
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
