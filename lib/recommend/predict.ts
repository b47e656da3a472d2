import { learnedBy, type Recommender } from "./model";
import { score, type Representations } from "./representation";
import { representationsOf } from "./representations";
import type { UserVector } from "./userVector";

/** Scores of all items for a user, by row: shape [items], the higher the better. */
export type Scorer = (user: number) => Float32Array;

/**
 * How well items suit a user, on a scale of its own that only compares items for this one user. The model carries the
 * features, so none are passed.
 *
 * @param user - row of the user, or a user made by `foldInUser` or `coldUser`
 * @param items - columns of the items; default all of them
 * @returns shape [items]
 * @throws RangeError when the model has not been fitted, or does not know the user or an item; TypeError for a vector
 * of another length
 */
export function predict(model: Recommender, user: number | UserVector, items?: ArrayLike<number>): Float32Array {
  const { users: userRows, items: itemRows } = representationsOf(learnedBy(model));
  if (items) checkKnown(items, itemRows.rows, "item");
  const vector = vectorOf(user, userRows);
  const width = itemRows.components + 1;
  const scores = new Float32Array(items ? items.length : itemRows.rows);
  for (let place = 0; place < scores.length; place++)
    scores[place] = score(vector, itemRows.values, (items ? items[place] : place) * width);
  return scores;
}

/**
 * How well each item suits the user beside it: element i is about user i and item i.
 *
 * @throws RangeError when the model has not been fitted, or does not know a user or an item; TypeError for lists of
 * different lengths
 */
export function predictPairs(model: Recommender, users: ArrayLike<number>, items: ArrayLike<number>): Float32Array {
  const { users: userRows, items: itemRows } = representationsOf(learnedBy(model));
  if (users.length !== items.length)
    throw new TypeError(`predictPairs(): ${users.length} users and ${items.length} items; give one item for each user`);
  checkKnown(items, itemRows.rows, "item");
  return Float32Array.from(items, (item, place) =>
    score(vectorOf(users[place], userRows), itemRows.values, item * (itemRows.components + 1)),
  );
}

/** A model as a function from user to scores, as the metrics take it. */
export function toScorer(model: Recommender): Scorer {
  return (user) => predict(model, user);
}

function vectorOf(user: number | UserVector, { rows, components, values }: Representations): Float32Array {
  if (typeof user !== "number") {
    if (user.vector.length === components + 1) return user.vector;
    throw new TypeError(
      `predict(): the user's vector has ${user.vector.length} numbers, wanted ${components + 1}; fold the user in with this very model`,
    );
  }
  checkKnown([user], rows, "user");
  return values.subarray(user * (components + 1), (user + 1) * (components + 1));
}

/**
 * Throws a RangeError that names the first row the model does not know.
 *
 * @internal
 */
export function checkKnown(rows: ArrayLike<number>, known: number, kind: "user" | "item", call = "predict()"): void {
  for (let i = 0; i < rows.length; i++)
    if (!Number.isInteger(rows[i]) || rows[i] < 0 || rows[i] >= known)
      throw new RangeError(
        `${call}: ${kind} ${rows[i]} is unknown to the model, which knows ${known} ${kind}s, counted from 0; ask for one of them, or fit the model on interactions that have this ${kind}`,
      );
}
