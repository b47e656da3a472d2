import type { Csr } from "./csr";
import { featureNames, rowOfId, type Dataset, type Id } from "./dataset";
import type { Factors } from "./factors";
import { learnedBy, type Recommender } from "./model";
import { checkKnown } from "./predict";
import type { UserVector } from "./userVector";

/**
 * What a user feature, an item feature or the two together add to a score. A part with one feature only is that
 * feature's bias times its weight.
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
 * @param user - row of the user, or one made by `foldInUser` or `coldUser`, who has a single user feature, 0
 * @throws RangeError when the model has not been fitted, or does not know the user or the item; TypeError for a vector
 * of another length
 */
export function explainScore(model: Recommender, user: number | UserVector, item: number): Explanation {
  const { items, itemFeatures } = learnedBy(model);
  const { factors: users, entries: ofUser } = userOf(model, user);
  checkKnown([item], itemFeatures.rows, "item", "explainScore()");
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

/** A user's features with their weights, and what was learned of them. */
function userOf(model: Recommender, user: number | UserVector) {
  const { users, userFeatures } = learnedBy(model);
  if (typeof user === "number") {
    checkKnown([user], userFeatures.rows, "user", "explainScore()");
    return { factors: users, entries: entriesOf(userFeatures, user) };
  }
  const { components } = model;
  if (user.vector.length !== components + 1)
    throw new TypeError(`explainScore(): the vector has ${user.vector.length} numbers, wanted ${components + 1}`);
  const [embeddings, biases] = [user.vector.subarray(0, components), user.vector.subarray(components)];
  return { factors: { components, embeddings, biases }, entries: [[0, 1]] as [number, number][] };
}

function entriesOf({ offsets, indices, values }: Csr, row: number): [number, number][] {
  const length = offsets[row + 1] - offsets[row];
  return Array.from({ length }, (_, place) => [indices[offsets[row] + place], values[offsets[row] + place]]);
}

function dot(
  users: Pick<Factors, "components" | "embeddings">,
  userFeature: number,
  { items, itemFeature }: { items: Factors; itemFeature: number },
): number {
  const { components } = users;
  let total = 0;
  for (let j = 0; j < components; j++)
    total += users.embeddings[userFeature * components + j] * items.embeddings[itemFeature * components + j];
  return total;
}
