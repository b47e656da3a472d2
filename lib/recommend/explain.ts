import type { Csr } from "./csr";
import { featureNames, rowOfId, type Dataset, type Id } from "./dataset";
import type { Factors } from "./factors";
import { learnedBy, type Recommender } from "./model";
import { checkKnown } from "./predict";

/**
 * What a user feature, an item feature or the two together add to a score. A part with one feature only is that
 * feature's bias.
 */
export interface ScorePart<Feature = number> {
  readonly userFeature?: Feature;
  readonly itemFeature?: Feature;
  readonly value: number;
}

/** A score taken apart. */
export interface Explanation<Feature = number> {
  /** The sum of all parts; `predict` gives the same in 32-bit floats. */
  readonly score: number;
  /** The largest first, whatever their sign. */
  readonly parts: ScorePart<Feature>[];
}

/**
 * Why an item has its score for a user. A score is linear in the features of either side, so it falls apart without a
 * remainder: a bias for every feature, and a dot product for every pair of a user feature and an item feature, each
 * times the weights.
 *
 * @throws RangeError when the model has not been fitted, or does not know the user or the item
 */
export function explainScore(model: Recommender, user: number, item: number): Explanation {
  const { users, items, userFeatures, itemFeatures } = learnedBy(model);
  checkKnown([user], userFeatures.rows, "user", "explainScore()");
  checkKnown([item], itemFeatures.rows, "item", "explainScore()");
  const ofUser = entriesOf(userFeatures, user);
  const ofItem = entriesOf(itemFeatures, item);
  const parts: ScorePart[] = [
    ...ofUser.map(([userFeature, weight]) => ({ userFeature, value: weight * users.biases[userFeature] })),
    ...ofItem.map(([itemFeature, weight]) => ({ itemFeature, value: weight * items.biases[itemFeature] })),
    ...ofUser.flatMap(([userFeature, weight]) =>
      ofItem.map(([itemFeature, other]) => ({
        userFeature,
        itemFeature,
        value: weight * other * dot(users, userFeature, { items, itemFeature }),
      })),
    ),
  ];
  parts.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  return { score: parts.reduce((sum, { value }) => sum + value, 0), parts };
}

/**
 * The same by the data set's own names. The own feature of a user or an item goes by its id.
 *
 * @throws as `explainScore`; RangeError for an id the data set does not know
 */
export function explainScoreFor(
  dataset: Dataset,
  model: Recommender,
  { user, item }: { user: Id; item: Id },
): Explanation<Id> {
  const { score, parts } = explainScore(model, rowOfId(dataset.users, user), rowOfId(dataset.items, item));
  const [userNames, itemNames] = [featureNames(dataset.users), featureNames(dataset.items)];
  const named = parts.map(({ userFeature, itemFeature, value }) => ({
    ...(userFeature === undefined ? {} : { userFeature: userNames[userFeature] }),
    ...(itemFeature === undefined ? {} : { itemFeature: itemNames[itemFeature] }),
    value,
  }));
  return { score, parts: named };
}

function entriesOf({ offsets, indices, values }: Csr, row: number): [number, number][] {
  const length = offsets[row + 1] - offsets[row];
  return Array.from({ length }, (_, place) => [indices[offsets[row] + place], values[offsets[row] + place]]);
}

function dot(
  users: Factors,
  userFeature: number,
  { items, itemFeature }: { items: Factors; itemFeature: number },
): number {
  const { components } = users;
  let total = 0;
  for (let j = 0; j < components; j++)
    total += users.embeddings[userFeature * components + j] * items.embeddings[itemFeature * components + j];
  return total;
}
