import { buildLearner } from "../learner";
import { score } from "../representation";
import type { EpochResult, Pass, Task } from "../task";
import { sigmoid } from "./sigmoid";

/**
 * One pass of logistic regression on the sign of the stored values: an entry above 0 is to score above 0, one of 0 or
 * less below. Nothing is drawn: without stored entries of 0 or less everything ends up positive. Changes the factors in
 * place.
 *
 * @returns loss is the mean over all interactions of the negative log-likelihood, times their weights; the violation
 * rate is the share whose score had the wrong sign
 */
export function logisticEpoch(task: Task, { order }: Pick<Pass, "order">): EpochResult {
  const { interactions, weights } = task;
  const { components } = task.items;
  const vectors = { user: new Float32Array(components + 1), item: new Float32Array(components + 1) };
  const learner = buildLearner(task);
  let violations = 0;
  let totalLoss = 0;
  for (let visit = 0; visit < order.length; visit++) {
    const entry = order[visit];

    // 1. Pick a user and an item, chosen or not.
    const user = interactions.rowIndices[entry];
    const item = interactions.columnIndices[entry];
    const target = interactions.values[entry] > 0 ? 1 : 0;
    learner.readUser(user, vectors.user);
    learner.readItem(item, vectors.item);

    // 2. Compare the probability that the score stands for with what was seen.
    const total = score(vectors.user, vectors.item);
    const slope = weights[entry] * (sigmoid(total) - target);
    const lead = target ? total : -total;
    violations += lead > 0 ? 0 : 1;
    totalLoss += weights[entry] * (Math.max(0, -lead) + Math.log1p(Math.exp(-Math.abs(lead))));

    // 3. Move both along the difference.
    learner.stepOne({ user, item }, vectors, slope);
    learner.endExample();
  }
  learner.endEpoch();
  const mean = (sum: number) => (order.length === 0 ? 0 : sum / order.length);
  return { loss: mean(totalLoss), violationRate: mean(violations) };
}
