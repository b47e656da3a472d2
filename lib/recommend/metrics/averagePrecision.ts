import type { Coo } from "../coo";
import type { Recommender } from "../model";
import type { Scorer } from "../predict";
import { heldOutRanks } from "../ranks";
import { checkPlaces, measure, type Metric, type MetricResult, type PlacesOptions } from "./measure";

/**
 * Average precision: at the place of each held-out item among the first k, the share of held-out items down to there;
 * their sum over the number of held-out items, or over k where there are more. Its mean is MAP. 0 to 1. Default k = 10.
 */
export function averagePrecisionAtK(
  model: Recommender | Scorer,
  test: Coo,
  { k = 10, ...options }: PlacesOptions = {},
): MetricResult {
  checkPlaces(k, "averagePrecisionAtK()");
  return measure(heldOutRanks(model, test, options), averagePrecisionOf(k));
}

/**
 * The same for one user.
 *
 * @internal
 */
export function averagePrecisionOf(k: number): Metric {
  return ({ ranks }) => {
    const first = ranks.filter((rank) => rank < k).sort();
    return first.reduce((sum, rank, hits) => sum + (hits + 1) / (rank + 1), 0) / Math.min(k, ranks.length);
  };
}
