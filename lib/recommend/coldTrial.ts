import { seededRandom } from "../random";
import { takeEntries, type Coo } from "./coo";
import type { Csr } from "./csr";
import { fit } from "./fit";
import { auc, precisionAtK } from "./metrics";
import { buildRecommender } from "./model";
import { predict } from "./predict";
import { splitColdItems, type ColdSplit } from "./splits/splitColdItems";

/** What is tried. */
export interface ColdTrial {
  /** How the items are described: [items, features]. */
  itemFeatures: Csr;
  /** Seeds the choice of the hidden items and the model. Default 42. */
  seed?: number;
  /** Numbers in a vector of the model, default 16. */
  components?: number;
  /** Passes over the interactions, default 20. */
  epochs?: number;
  /** Which of the hidden items count in `aucOfSome`; default all. */
  some?: (item: number) => boolean;
}

/** How well items that nobody has met are ranked among themselves; means over the users. */
export interface ColdScores {
  /** Of the first ten places, the share that are hidden interactions. */
  precisionAt10: number;
  /** Chance that a hidden interaction stands above another hidden item. */
  auc: number;
  /** The same for the interactions with some of the items. */
  aucOfSome: number;
}

/**
 * Hides a fifth of the items with all that happened to them, learns from the others by WARP, and ranks the hidden items
 * for each user: how much is a description worth for items that are new?
 *
 * @throws RangeError when no interaction is hidden or left, or none is with some of the items
 */
export async function coldTrial(interactions: Coo, trial: ColdTrial): Promise<ColdScores> {
  const { itemFeatures, seed = 42, components = 16, epochs = 20, some = () => true } = trial;
  const split = splitColdItems(interactions, { random: seededRandom(seed) });
  const model = buildRecommender({ components, seed });
  await fit(model, split.train, { epochs, itemFeatures });
  const ranked = (user: number) => predict(model, user, split.cold);
  return {
    precisionAt10: precisionAtK(ranked, split.test).mean,
    auc: auc(ranked, split.test).mean,
    aucOfSome: auc(ranked, only(split, some)).mean,
  };
}

/** The hidden interactions with some of the items. */
function only({ test, cold }: ColdSplit, some: (item: number) => boolean): Coo {
  const entries = Int32Array.from(test.columnIndices.keys());
  const kept = entries.filter((entry) => some(cold[test.columnIndices[entry]]));
  if (kept.length === 0)
    throw new RangeError("coldTrial(): no hidden interaction is with one of these items; choose more of them, or another seed"); // prettier-ignore
  return takeEntries(test, kept);
}
