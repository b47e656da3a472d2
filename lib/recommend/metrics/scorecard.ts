import type { Random } from "../../random";
import type { Coo } from "../coo";
import type { Recommender } from "../model";
import { popularityScorer } from "../popularity";
import type { Scorer } from "../predict";
import { checkPlaces } from "./measure";
import { measureAll } from "./measureAll";

/** A metric of a model, and beside it what recommending the most popular items to everyone reaches. */
export interface ScorecardRow {
  metric: string;
  model: number;
  popularity: number;
}

/**
 * All that `measureAll` gives, each metric beside the popularity baseline, as rows of a table.
 *
 * @param test - held-out interactions, shape [users, items]
 * @param options - settings by name
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
    measureAll(scorer, test, { train, k }),
  );
  return Object.keys(ours).map((metric) => ({ metric, model: ours[metric], popularity: baseline[metric] }));
}
