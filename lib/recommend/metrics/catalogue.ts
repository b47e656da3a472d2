import { checkCoo, checkIndices, type Coo } from "../coo";
import { buildCsr, type Csr } from "../csr";
import type { Recommender } from "../model";
import { toScorer, type Scorer } from "../predict";
import { topItems } from "../topItems";
import { checkPlaces } from "./measure";

/** What the lists of all users are like together. */
export interface CatalogueResult {
  /** Share of all items that are in some user's list, 0 to 1. */
  coverage: number;
  /**
   * Mean surprise of a recommended item in bits: -log2 of the share of users who chose it (Zhou et al., "Solving the
   * apparent diversity-accuracy dilemma of recommender systems", 2010), with one added to both counts, so that an item
   * nobody chose has a finite one. The higher, the rarer.
   */
  novelty: number;
}

/**
 * Coverage and novelty of the first k places of every user, without the items trained on.
 *
 * @param model - a fitted model, or any function from user to scores
 * @param train - what was trained on, shape [users, items]
 * @param options - settings by name
 * @param options.k - places of a list; default 10
 * @param options.users - rows of the users who are asked; default all
 * @throws RangeError for a user outside the matrix; TypeError for scores of another number of items
 */
export function measureCatalogue(
  model: Recommender | Scorer,
  train: Coo,
  { k = 10, users }: { k?: number; users?: ArrayLike<number> } = {},
): CatalogueResult {
  checkPlaces(k, "measureCatalogue()");
  checkCoo(train, "measureCatalogue(): train");
  const trained = buildCsr(train);
  const scorer = typeof model === "function" ? model : toScorer(model);
  const surprise = surpriseOf(trained);
  const covered = new Uint8Array(train.columns);
  let [total, count] = [0, 0];
  const length = users ? users.length : train.rows;
  if (users) checkIndices(users, train.rows, "measureCatalogue(): user");
  for (let place = 0; place < length; place++) {
    for (const item of listOf(scorer, users ? users[place] : place, { trained, k })) {
      covered[item] = 1;
      total += surprise[item];
      count++;
    }
  }
  return { coverage: covered.reduce((sum, one) => sum + one, 0) / train.columns, novelty: count ? total / count : 0 };
}

function listOf(scorer: Scorer, user: number, { trained, k }: { trained: Csr; k: number }): Int32Array {
  const excluded = new Uint8Array(trained.columns);
  for (let place = trained.offsets[user]; place < trained.offsets[user + 1]; place++)
    excluded[trained.indices[place]] = 1;
  const scores = scorer(user);
  if (scores.length !== trained.columns)
    throw new TypeError(
      `measureCatalogue(): ${scores.length} scores for user ${user}, train has ${trained.columns} items; give a score for each`,
    );
  return topItems(scores, k, excluded).items;
}

function surpriseOf({ rows, columns, indices, values }: Csr): Float64Array {
  const users = new Float64Array(columns);
  indices.forEach((item, place) => (users[item] += values[place] > 0 ? 1 : 0));
  return users.map((count) => -Math.log2((count + 1) / (rows + 1)));
}
