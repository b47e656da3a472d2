import { buildLearner, buildTriple, type Learner } from "../learner";
import { score } from "../representation";
import { samplingRandom } from "../samplingRandom";
import type { EpochResult, Pass, Task } from "../task";
import { findViolator, MAX_LOSS } from "./warp";

/**
 * One pass of k-th order statistic WARP (Weston, Yee and Weiss, "Learning to Rank Recommendations with the k-Order
 * Statistic Loss", 2013): for every interaction some of its user's chosen items are drawn, with replacement, and the
 * k-th best of them, or the last where there are fewer, is what WARP then moves up. Changes the factors in place.
 *
 * As in LightFM the interaction only tells the user, and every chosen item of the user is as likely. Under
 * `compat: "lightfm"` entries of 0 or less count as chosen too, and a violator found after more draws than there are
 * other items makes the model diverge.
 *
 * @returns loss is the mean over the interactions of rank weight times margin violation
 */
export function warpKosEpoch(task: Task, { order, seed }: Pass): EpochResult {
  const { interactions, chosen, settings } = task;
  const faithful = settings.compat === "lightfm";
  const draw = samplingRandom(seed);
  const vectors = buildTriple(task.items.components);
  const learner = buildLearner(task);
  let visited = 0;
  let violations = 0;
  let totalLoss = 0;
  for (let visit = 0; visit < order.length; visit++) {
    const entry = order[visit];

    // 1. Pick a user who chose something.
    if (interactions.values[entry] <= 0 && !faithful) continue;
    const user = interactions.rowIndices[entry];
    if (chosen.offsets[user] === chosen.offsets[user + 1]) continue;
    learner.readUser(user, vectors.user);
    visited++;

    // 2. Draw chosen items, and take the k-th best.
    const positive = kthBest(task, { user, learner, draw, vectors });
    learner.readItem(positive, vectors.positive);

    // 3. From here on as in WARP.
    const violator = findViolator(task, { user, learner, vectors, draw });
    if (violator) {
      const rank = Math.floor((task.itemFeatures.rows - 1) / violator.draws);
      const slope = Math.min(MAX_LOSS, Math.log(faithful ? rank : Math.max(1, rank)));
      violations++;
      totalLoss += slope * violator.violation;
      learner.stepPair({ user, positive, negative: violator.item }, vectors, slope);
    }
    learner.endExample();
  }
  learner.endEpoch();
  const mean = (total: number) => (visited === 0 ? 0 : total / visited);
  return { loss: mean(totalLoss), violationRate: mean(violations) };
}

function kthBest(
  { chosen, settings: { k, n } }: Task,
  {
    user,
    learner,
    draw,
    vectors,
  }: { user: number; learner: Learner; draw: () => number; vectors: { user: Float32Array; positive: Float32Array } },
): number {
  const start = chosen.offsets[user];
  const size = chosen.offsets[user + 1] - start;
  const drawn = Array.from({ length: Math.min(n, size) }, () => {
    const item = chosen.indices[start + (draw() % size)];
    learner.readItem(item, vectors.positive);
    return { item, score: score(vectors.user, vectors.positive) };
  });
  drawn.sort((a, b) => b.score - a.score);
  return drawn[Math.min(k, drawn.length) - 1].item;
}
