import { explainScore, type ScorePart } from "../../recommend/explain";
import { learnedBy, type Recommender } from "../../recommend/model";
import type { UserVector } from "../../recommend/userVector";
import type { Reason } from "../services";

/** What the parts of a score say, in words. */
const WORDS = {
  together: "bought together with what you have",
  alike: "looks like what you have",
  popular: "sells well to everybody",
};

/**
 * Why an item has its score, in three shares that add up to it, the largest first: what the purchases of others say
 * of the item's own id, what its picture says, and the biases, which are the same for every user.
 *
 * @param model - whose items are described by their id and by their picture, the ids first
 */
export function reasonsFor(model: Recommender, user: number | UserVector, item: number): Reason[] {
  const ids = learnedBy(model).itemFeatures.rows;
  const shares = { together: 0, alike: 0, popular: 0 };
  for (const part of explainScore(model, user, item).parts) shares[kindOf(part, ids)] += part.value;
  return Object.entries(shares)
    .map(([kind, value]) => ({ name: WORDS[kind as keyof typeof WORDS], value }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

function kindOf({ userFeature, itemFeature }: ScorePart, ids: number): keyof typeof WORDS {
  if (userFeature === undefined || itemFeature === undefined) return "popular";
  return itemFeature < ids ? "together" : "alike";
}
