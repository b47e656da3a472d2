import { checkCoo, checkFinite, type Coo } from "./coo";
import { buildCsr, findEntry, type Csr } from "./csr";
import type { Recommender } from "./model";
import { toScorer, type Scorer } from "./predict";

/** Where the held-out items of one user stand. */
export interface UserRanks {
  user: number;
  /** For each held-out item, by ascending column: how many items stand at or above it, 0 for the first place. */
  ranks: Int32Array;
  /** How many items are neither held out nor trained on. */
  others: number;
}

/**
 * Where each user's held-out items stand among all items but those trained on. Of items with equal scores a held-out
 * one stands last, so that a model that scores everything alike is not taken for a good one.
 *
 * @param model - a fitted model, or any function from user to scores
 * @param test - held-out interactions, shape [users, items]; entries above 0 count
 * @param options - settings by name
 * @param options.train - what was trained on, shape [users, items]; all its entries count
 * @param options.checkIntersections - refuse pairs that are in both; default true
 * @returns one element for each user with held-out items, by ascending row
 * @throws TypeError for shapes that do not go together; RangeError when nothing is held out, when an entry is in both
 * matrices, or when a score is not finite
 */
export function heldOutRanks(
  model: Recommender | Scorer,
  test: Coo,
  { train = emptyLike(test), checkIntersections = true }: { train?: Coo; checkIntersections?: boolean } = {},
): UserRanks[] {
  const heldOut = positivesOf(test);
  const trained = checkedTrain(heldOut, train, checkIntersections);
  const scorer = typeof model === "function" ? model : toScorer(model);
  const users: UserRanks[] = [];
  for (let user = 0; user < heldOut.rows; user++)
    if (heldOut.offsets[user] < heldOut.offsets[user + 1])
      users.push(ranksOfUser(user, { heldOut, trained, scores: checkedScores(scorer(user), user, test.columns) }));
  return users;
}

function ranksOfUser(
  user: number,
  { heldOut, trained, scores }: { heldOut: Csr; trained: Csr; scores: Float32Array },
): UserRanks {
  const rivals = scores.slice();
  const trainedItems = rowItems(trained, user);
  for (const item of trainedItems) rivals[item] = -Infinity;
  const items = rowItems(heldOut, user);
  const ranks = items.map((item) => countAtLeast(rivals, scores[item]) - (rivals[item] === -Infinity ? 0 : 1));
  return { user, ranks, others: scores.length - items.length - trainedItems.length };
}

function countAtLeast(scores: Float32Array, threshold: number): number {
  let count = 0;
  for (let item = 0; item < scores.length; item++) if (scores[item] >= threshold) count++;
  return count;
}

function rowItems({ offsets, indices }: Csr, user: number): Int32Array {
  return indices.subarray(offsets[user], offsets[user + 1]);
}

function positivesOf(test: Coo): Csr {
  checkCoo(test, "heldOutRanks(): test");
  const places = Int32Array.from(test.values.keys()).filter((place) => test.values[place] > 0);
  if (places.length === 0)
    throw new RangeError(
      "heldOutRanks(): test holds no entry above 0; hold out some interactions with splitInteractions",
    );
  return buildCsr({
    rows: test.rows,
    columns: test.columns,
    rowIndices: places.map((place) => test.rowIndices[place]),
    columnIndices: places.map((place) => test.columnIndices[place]),
    values: new Float32Array(places.length).fill(1),
  });
}

function checkedTrain(heldOut: Csr, train: Coo, checkIntersections: boolean): Csr {
  checkCoo(train, "heldOutRanks(): train");
  if (train.rows !== heldOut.rows || train.columns !== heldOut.columns)
    throw new TypeError(
      `heldOutRanks(): train has ${train.rows} users and ${train.columns} items, test ${heldOut.rows} and ${heldOut.columns}; split both from the same interactions`,
    );
  const trained = buildCsr(train);
  if (!checkIntersections) return trained;
  let common = 0;
  for (let user = 0; user < heldOut.rows; user++)
    for (const item of rowItems(heldOut, user)) if (findEntry(trained, user, item) >= 0) common++;
  if (common > 0)
    throw new RangeError(
      `heldOutRanks(): ${common} of ${heldOut.indices.length} held-out pairs are in train too; hold them out with splitInteractions, which keeps repeated pairs together`,
    );
  return trained;
}

function checkedScores(scores: Float32Array, user: number, items: number): Float32Array {
  if (scores.length !== items)
    throw new TypeError(
      `heldOutRanks(): ${scores.length} scores for ${items} items; give test the shape of what the model was fitted on`,
    );
  checkFinite(scores, `heldOutRanks(): user ${user}, score`);
  return scores;
}

function emptyLike({ rows, columns }: Coo): Coo {
  return {
    rows,
    columns,
    rowIndices: new Int32Array(0),
    columnIndices: new Int32Array(0),
    values: new Float32Array(0),
  };
}
