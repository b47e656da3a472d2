import type { Coo } from "../coo";
import type { Recommender } from "../model";
import type { Scorer } from "../predict";
import { heldOutRanks } from "../ranks";
import { checkPlaces, countFirst, measure, type Metric, type MetricResult, type PlacesOptions } from "./measure";

/** 1 for a user with a held-out item among the first k places, else 0; the mean is the hit rate. Default k = 10. */
export function hitRateAtK(
  model: Recommender | Scorer,
  test: Coo,
  { k = 10, ...options }: PlacesOptions = {},
): MetricResult {
  checkPlaces(k, "hitRateAtK()");
  return measure(heldOutRanks(model, test, options), hitOf(k));
}

/**
 * The same for one user.
 *
 * @internal
 */
export function hitOf(k: number): Metric {
  return ({ ranks }) => (countFirst(ranks, k) > 0 ? 1 : 0);
}
