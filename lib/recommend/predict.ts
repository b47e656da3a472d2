import { learnedBy, type Learned, type Recommender } from "./model";
import { representAll, score, type Representations } from "./representation";

/** Scores of all items for a user, by row: shape [items], the higher the better. */
export type Scorer = (user: number) => Float32Array;

/**
 * How well items suit a user, on a scale of its own that only compares items for this one user.
 *
 * @param user - row of the user
 * @param items - columns of the items; default all of them
 * @returns shape [items]
 * @throws RangeError when the model has not been fitted, or does not know the user or an item
 */
export function predict(model: Recommender, user: number, items?: ArrayLike<number>): Float32Array {
  const { users: userRows, items: itemRows } = representationsOf(learnedBy(model));
  checkKnown([user], userRows.rows, "user");
  if (items) checkKnown(items, itemRows.rows, "item");
  const width = itemRows.components + 1;
  const vector = userRows.values.subarray(user * width, (user + 1) * width);
  const scores = new Float32Array(items ? items.length : itemRows.rows);
  for (let place = 0; place < scores.length; place++)
    scores[place] = score(vector, itemRows.values, (items ? items[place] : place) * width);
  return scores;
}

/** A model as a function from user to scores, as the metrics take it. */
export function toScorer(model: Recommender): Scorer {
  return (user) => predict(model, user);
}

/** The vectors of all items and users, reckoned once after training. */
function representationsOf(learned: Learned): { items: Representations; users: Representations } {
  learned.representations ??= {
    items: representAll(learned.itemFeatures, learned.items),
    users: representAll(learned.userFeatures, learned.users),
  };
  return learned.representations;
}

function checkKnown(rows: ArrayLike<number>, known: number, kind: "user" | "item"): void {
  for (let i = 0; i < rows.length; i++)
    if (!Number.isInteger(rows[i]) || rows[i] < 0 || rows[i] >= known)
      throw new RangeError(
        `predict(): ${kind} ${rows[i]} is unknown to the model, which knows ${known} ${kind}s, counted from 0; ask for one of them, or fit the model on interactions that have this ${kind}`,
      );
}
