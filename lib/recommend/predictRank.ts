import { checkCoo, type Coo } from "./coo";
import { buildCsr, findEntry, type Csr } from "./csr";
import type { Recommender } from "./model";
import { toScorer, type Scorer } from "./predict";

/**
 * Where each entry of a matrix stands among all items for its user: 0 for the first place. Of equal scores all stand
 * behind one another, so that everything alike ranks last. LightFM's `predict_rank`; every stored entry counts, also
 * in other entries' way.
 *
 * @param model - a fitted model, or any function from user to scores
 * @param test - shape [users, items]
 * @param options - settings by name
 * @param options.train - items of this matrix stand in nobody's way. Default none.
 * @param options.checkIntersections - refuse pairs that are in both. Default true.
 * @returns the entries of `test` by user, with their ranks for values
 * @throws TypeError for shapes that do not go together; RangeError for pairs in both matrices
 */
export function predictRank(
  model: Recommender | Scorer,
  test: Coo,
  { train, checkIntersections = true }: { train?: Coo; checkIntersections?: boolean } = {},
): Csr {
  checkCoo(test, "predictRank(): test");
  const wanted = buildCsr(test);
  const trained = train && checkedTrain(wanted, train, checkIntersections);
  const scorer = typeof model === "function" ? model : toScorer(model);
  for (let user = 0; user < wanted.rows; user++)
    if (wanted.offsets[user] < wanted.offsets[user + 1]) rankUser(wanted, user, { trained, scores: scorer(user) });
  return wanted;
}

/** Puts the ranks of one user's entries in the place of their values. */
function rankUser(
  { columns, offsets, indices, values }: Csr,
  user: number,
  { trained, scores }: { trained?: Csr; scores: Float32Array },
): void {
  if (scores.length !== columns)
    throw new TypeError(
      `predictRank(): ${scores.length} scores for ${columns} items; give test the shape of what the model was fitted on`,
    );
  const isRival = (item: number) => !trained || findEntry(trained, user, item) < 0;
  const rivals = trained ? scores.filter((_, item) => isRival(item)).sort() : scores.slice().sort();
  for (let place = offsets[user]; place < offsets[user + 1]; place++) {
    const atLeast = rivals.length - countBelow(rivals, scores[indices[place]]);
    values[place] = atLeast - (isRival(indices[place]) ? 1 : 0);
  }
}

/** How many of the ascending numbers are below the threshold. */
function countBelow(sorted: Float32Array, threshold: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checkedTrain(wanted: Csr, train: Coo, checkIntersections: boolean): Csr {
  checkCoo(train, "predictRank(): train");
  if (train.rows !== wanted.rows || train.columns !== wanted.columns)
    throw new TypeError(
      `predictRank(): train has ${train.rows} users and ${train.columns} items, test ${wanted.rows} and ${wanted.columns}; give both the same shape`,
    );
  const trained = buildCsr(train);
  if (!checkIntersections) return trained;
  let common = 0;
  for (let user = 0; user < wanted.rows; user++)
    for (let place = wanted.offsets[user]; place < wanted.offsets[user + 1]; place++)
      if (findEntry(trained, user, wanted.indices[place]) >= 0) common++;
  if (common > 0)
    throw new RangeError(
      `predictRank(): ${common} of ${wanted.indices.length} pairs are in train too; leave them out of one, or pass { checkIntersections: false }`,
    );
  return trained;
}
