import { findEntry } from "../csr";
import { buildLearner, buildTriple, type Learner, type Triple } from "../learner";
import { score } from "../representation";
import { samplingRandom } from "../samplingRandom";
import type { EpochResult, Pass, Task } from "../task";

/**
 * One pass of WARP, weighted approximate-rank pairwise loss (Weston, Bengio and Usunier, "WSABIE: Scaling Up To Large
 * Vocabulary Image Annotation", 2011), with features as in LightFM (Kula, 2015). Changes the factors in place.
 *
 * As in LightFM, a draw that turns out to be one of the user's own items counts as a draw.
 *
 * Where the factors are those of a model's own `learned`, set `learned.representations` to undefined afterwards: else
 * `predict` goes on with the vectors that it reckoned before.
 *
 * @returns loss is the mean over the positive interactions of rank weight times margin violation
 */
export function warpEpoch(task: Task, { order, seed }: Pass): EpochResult {
  const { interactions, weights } = task;
  const draw = samplingRandom(seed);
  const vectors = buildTriple(task.items.components);
  const learner = buildLearner(task);
  let positives = 0;
  let violations = 0;
  let totalLoss = 0;
  for (let visit = 0; visit < order.length; visit++) {
    const entry = order[visit];

    // 1. Pick a user and an item that the user chose.
    if (interactions.values[entry] <= 0) continue;
    const user = interactions.rowIndices[entry];
    const positive = interactions.columnIndices[entry];
    learner.readUser(user, vectors.user);
    learner.readItem(positive, vectors.positive);
    positives++;

    // 2. Draw other items until one of them is ranked too close to the chosen one, or ahead of it.
    const violator = findViolator(task, { user, learner, vectors, draw });
    if (violator) {
      // 3. Few draws needed means many such items: the chosen one stands low and deserves a large step.
      const slope = Math.min(MAX_LOSS, weights[entry] * rankWeight(task.itemFeatures.rows, violator.draws));
      violations++;
      totalLoss += slope * violator.violation;

      // 4. Move the chosen item up and the violator down.
      learner.stepPair({ user, positive, negative: violator.item }, vectors, slope);
    }
    learner.endExample();
  }
  learner.endEpoch();
  const mean = (total: number) => (positives === 0 ? 0 : total / positives);
  return { loss: mean(totalLoss), violationRate: mean(violations) };
}

/** Cap of the rank weight, so that one lucky first draw in a large catalogue cannot tear the model apart. */
export const MAX_LOSS = 10;

/** A chosen item has to lead every other one by this much (the hinge of the paper). */
const MARGIN = 1;

/** An item that is ranked wrongly, how many draws it took, and by how much it breaks the margin. */
export interface Violator {
  item: number;
  draws: number;
  violation: number;
}

/**
 * The first drawn item within the margin of the chosen one that is none of the user's own.
 *
 * @param search - what it looks among; its `vectors` are those of the user and the chosen item; the violator's is left in `negative`
 * @internal
 */
export function findViolator(
  { itemFeatures, chosen, settings }: Task,
  { user, learner, vectors, draw }: { user: number; learner: Learner; vectors: Triple; draw: () => number },
): Violator | undefined {
  const threshold = score(vectors.user, vectors.positive) - MARGIN;
  for (let draws = 1; draws <= settings.maxSampled; draws++) {
    const item = draw() % itemFeatures.rows;
    learner.readItem(item, vectors.negative);
    const violation = score(vectors.user, vectors.negative) - threshold;
    if (violation > 0 && findEntry(chosen, user, item) < 0) return { item, draws, violation };
  }
  return undefined;
}

/** The logarithm of the rank that so many draws let expect. */
function rankWeight(items: number, draws: number): number {
  return Math.log(Math.max(1, Math.floor((items - 1) / draws)));
}
