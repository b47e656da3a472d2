import type { Random } from "../random";
import { checkCoo, type Coo } from "./coo";
import { buildCsr } from "./csr";
import type { Scorer } from "./predict";

/**
 * The baseline every recommender has to beat: an item's score is the number of users who chose it, the same for
 * everyone. Among equals chance decides, by a fraction below one half: the metrics count ties against an item, and
 * most items of a large catalogue were chosen by no one.
 *
 * @param interactions - shape [users, items]; pairs whose values add up to more than 0 count, once each
 * @throws TypeError where the three lists of the interactions differ in length; RangeError for a shape that cannot be,
 * an index outside it or a value that is not finite
 */
export function popularityScorer(interactions: Coo, { random }: { random: Random }): Scorer {
  checkCoo(interactions, "popularityScorer(): interactions");
  const { columns, indices, values } = buildCsr(interactions);
  const scores = new Float32Array(columns).map(() => random.uniform() / 2);
  indices.forEach((item, place) => (scores[item] += values[place] > 0 ? 1 : 0));
  return () => scores;
}
