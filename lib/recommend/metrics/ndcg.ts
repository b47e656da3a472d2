import type { Coo } from "../coo";
import type { Recommender } from "../model";
import type { Scorer } from "../predict";
import { heldOutRanks } from "../ranks";
import { checkPlaces, measure, type Metric, type MetricResult, type PlacesOptions } from "./measure";

/**
 * Normalized discounted cumulative gain (Järvelin and Kekäläinen, 2002) with gains of 0 and 1: held-out items among the
 * first k places count, the less the further down, in relation to the best order there can be. 0 to 1. Default k = 10.
 */
export function ndcgAtK(
  model: Recommender | Scorer,
  test: Coo,
  { k = 10, ...options }: PlacesOptions = {},
): MetricResult {
  checkPlaces(k, "ndcgAtK()");
  return measure(heldOutRanks(model, test, options), ndcgOf(k));
}

/**
 * The same for one user.
 *
 * @internal
 */
export function ndcgOf(k: number): Metric {
  return ({ ranks }) => {
    const gained = ranks.reduce((sum, rank) => sum + (rank < k ? discount(rank) : 0), 0);
    let best = 0;
    for (let rank = 0; rank < Math.min(k, ranks.length); rank++) best += discount(rank);
    return gained / best;
  };
}

function discount(rank: number): number {
  return 1 / Math.log2(rank + 2);
}
