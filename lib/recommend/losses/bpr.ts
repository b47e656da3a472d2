import { findEntry } from "../csr";
import { buildLearner, buildTriple } from "../learner";
import { score } from "../representation";
import { samplingRandom } from "../samplingRandom";
import type { EpochResult, Pass, Task } from "../task";
import { sigmoid } from "./sigmoid";

/**
 * One pass of BPR (Rendle, Freudenthaler, Gantner and Schmidt-Thieme, "BPR: Bayesian Personalized Ranking from
 * Implicit Feedback", 2009): every chosen item is set against one that its user did not choose. As in LightFM that one
 * is the item of a random interaction, so that popular items come up more often. Changes the factors in place.
 *
 * After a hundred draws that all gave items of the user's own the interaction is passed over; under
 * `compat: "lightfm"` there are as many draws as interactions, and the last one is taken, whatever it is.
 *
 * @returns loss is the mean over the positive interactions of the negative log-likelihood, times their weights; the
 * violation rate is the share in which the drawn item stood no lower than the chosen one
 */
export function bprEpoch(task: Task, { order, seed }: Pass): EpochResult {
  const { interactions, weights } = task;
  const draw = samplingRandom(seed);
  const vectors = buildTriple(task.items.components);
  const learner = buildLearner(task);
  let visited = 0;
  let violations = 0;
  let totalLoss = 0;
  for (let visit = 0; visit < order.length; visit++) {
    const entry = order[visit];

    // 1. Pick a user and an item that the user chose.
    if (interactions.values[entry] <= 0) continue;
    const user = interactions.rowIndices[entry];
    const positive = interactions.columnIndices[entry];

    // 2. Draw an item that the user did not choose.
    const negative = drawNegative(task, user, draw);
    if (negative < 0) continue;
    learner.readUser(user, vectors.user);
    learner.readItem(positive, vectors.positive);
    learner.readItem(negative, vectors.negative);

    // 3. The better the order is told already, the smaller the step.
    const lead = Math.fround(score(vectors.user, vectors.positive) - score(vectors.user, vectors.negative));
    const slope = weights[entry] * (1 - sigmoid(lead));
    visited++;
    violations += lead > 0 ? 0 : 1;
    totalLoss += weights[entry] * (Math.max(0, -lead) + Math.log1p(Math.exp(-Math.abs(lead))));

    // 4. Move the chosen item up and the other one down.
    learner.stepPair({ user, positive, negative }, vectors, slope);
    learner.endExample();
  }
  learner.endEpoch();
  const mean = (total: number) => (visited === 0 ? 0 : total / visited);
  return { loss: mean(totalLoss), violationRate: mean(violations) };
}

/** Draws after which a user is taken to have everything that ever comes up. */
const MAX_DRAWS = 100;

/** An item out of a random interaction, or -1 where none was found. */
function drawNegative(
  { interactions, chosen, settings, pool = interactions.columnIndices }: Task,
  user: number,
  draw: () => number,
): number {
  const faithful = settings.compat === "lightfm";
  const attempts = faithful ? pool.length : MAX_DRAWS;
  let item = -1;
  for (let attempt = 0; attempt < attempts; attempt++) {
    item = pool[draw() % pool.length];
    if (findEntry(chosen, user, item) < 0) return item;
  }
  return faithful ? item : -1;
}
