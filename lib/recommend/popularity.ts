import { checkCoo, type Coo } from "./coo";
import { buildCsr } from "./csr";
import type { Scorer } from "./predict";

/**
 * The baseline every recommender has to beat: an item's score is the number of users who chose it, the same for
 * everyone.
 *
 * @param interactions - shape [users, items]; pairs whose values add up to more than 0 count, once each
 */
export function popularityScorer(interactions: Coo): Scorer {
  checkCoo(interactions, "popularityScorer(): interactions");
  const { columns, indices, values } = buildCsr(interactions);
  const counts = new Float32Array(columns);
  indices.forEach((item, place) => (counts[item] += values[place] > 0 ? 1 : 0));
  return () => counts;
}
