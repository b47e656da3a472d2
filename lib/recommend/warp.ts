import { adagradStep } from "./adagrad";
import type { Coo } from "./coo";
import { findEntry, type Csr } from "./csr";
import type { Factors } from "./factors";
import { represent, score } from "./representation";
import { samplingRandom } from "./samplingRandom";

/** What one epoch needs. */
export interface WarpEpoch {
  readonly items: Factors;
  readonly users: Factors;
  readonly itemFeatures: Csr;
  readonly userFeatures: Csr;
  /** The pairs to learn from, users in rows and items in columns. */
  readonly interactions: Coo;
  /** The same pairs by user, to tell chosen items from others. */
  readonly chosen: Csr;
  /** How much each interaction counts, shape [entries]. */
  readonly weights: Float32Array;
  /** The order in which interactions are visited, shape [entries]. */
  readonly order: Int32Array;
  /** Starts the draws of negative items. */
  readonly seed: number;
  readonly learningRate: number;
  readonly maxSampled: number;
}

/** What came of one epoch. */
export interface EpochResult {
  /** Mean over the positive interactions of rank weight times margin violation; 0 when all stand right. */
  readonly loss: number;
  /** Share of the positive interactions for which a wrongly ranked item was found, 0 to 1. */
  readonly violationRate: number;
}

/**
 * One pass of WARP, weighted approximate-rank pairwise loss (Weston, Bengio and Usunier, "WSABIE: Scaling Up To Large
 * Vocabulary Image Annotation", 2011), with features as in LightFM (Kula, 2015). Changes the factors in place.
 *
 * As in LightFM, a draw that turns out to be one of the user's own items counts as a draw, items with a stored value
 * of 0 or less count as the user's own, and the user's bias is pushed along with the item's, though it cannot change
 * the order of a user's items: compare scores within a user, not between users.
 */
export function warpEpoch(epoch: WarpEpoch): EpochResult {
  const { interactions, order, weights } = epoch;
  const draw = samplingRandom(epoch.seed);
  const buffers = buildBuffers(epoch.items.components);
  let positives = 0;
  let violations = 0;
  let totalLoss = 0;
  for (const entry of order) {
    // 1. Pick a user and an item that the user chose.
    if (interactions.values[entry] <= 0) continue;
    const user = interactions.rowIndices[entry];
    const positive = interactions.columnIndices[entry];
    positives++;

    // 2. Draw other items until one of them is ranked too close to the chosen one, or ahead of it.
    const violator = findViolator(epoch, { user, positive, draw, buffers });
    if (!violator) continue;
    violations++;

    // 3. Few draws needed means many such items: the chosen one stands low and deserves a large step.
    const rankLoss = rankWeight(epoch.itemFeatures.rows, violator.draws, weights[entry]);
    totalLoss += rankLoss * violator.violation;

    // 4. Move the chosen item up and the violator down.
    stepPair(epoch, { user, positive, negative: violator.item, rankLoss, buffers });
  }
  const mean = (total: number) => (positives === 0 ? 0 : total / positives);
  return { loss: mean(totalLoss), violationRate: mean(violations) };
}

/** A chosen item has to lead every other one by this much (the hinge of the paper). */
const MARGIN = 1;

/** Cap of the rank weight, so that one lucky first draw in a large catalogue cannot tear the model apart. */
const MAX_LOSS = 10;

/** Vectors of the pair at hand and the gradients with respect to them, each [components + 1], the bias last. */
interface Buffers {
  user: Float32Array;
  positive: Float32Array;
  negative: Float32Array;
  userGradient: Float64Array;
  positiveGradient: Float64Array;
  negativeGradient: Float64Array;
}

function buildBuffers(components: number): Buffers {
  return {
    user: new Float32Array(components + 1),
    positive: new Float32Array(components + 1),
    negative: new Float32Array(components + 1),
    userGradient: new Float64Array(components + 1),
    positiveGradient: new Float64Array(components + 1),
    negativeGradient: new Float64Array(components + 1),
  };
}

/** The first drawn item within the margin of the chosen one, and how many draws it took. */
function findViolator(
  { items, users, itemFeatures, userFeatures, chosen, maxSampled }: WarpEpoch,
  { user, positive, draw, buffers }: { user: number; positive: number; draw: () => number; buffers: Buffers },
): { item: number; draws: number; violation: number } | undefined {
  represent(userFeatures, user, users, buffers.user);
  represent(itemFeatures, positive, items, buffers.positive);
  const positiveScore = score(buffers.user, buffers.positive);
  for (let draws = 1; draws <= maxSampled; draws++) {
    const item = draw() % itemFeatures.rows;
    represent(itemFeatures, item, items, buffers.negative);
    const violation = score(buffers.user, buffers.negative) - (positiveScore - MARGIN);
    if (violation > 0 && findEntry(chosen, user, item) < 0) return { item, draws, violation };
  }
  return undefined;
}

/** The logarithm of the estimated rank, times the weight of the interaction. */
function rankWeight(items: number, draws: number, weight: number): number {
  const estimatedRank = Math.max(1, Math.floor((items - 1) / draws));
  return Math.min(MAX_LOSS, weight * Math.log(estimatedRank));
}

/** Gradients of `rankLoss * (negative score - positive score)`, then one step for each of the three. */
function stepPair(
  { items, users, itemFeatures, userFeatures, learningRate }: WarpEpoch,
  step: { user: number; positive: number; negative: number; rankLoss: number; buffers: Buffers },
): void {
  const { user, positive, negative, userGradient, positiveGradient, negativeGradient } = step.buffers;
  const { components } = items;
  for (let j = 0; j < components; j++) {
    negativeGradient[j] = step.rankLoss * user[j];
    positiveGradient[j] = -negativeGradient[j];
    userGradient[j] = step.rankLoss * Math.fround(negative[j] - positive[j]);
  }
  negativeGradient[components] = step.rankLoss;
  positiveGradient[components] = -step.rankLoss;
  userGradient[components] = step.rankLoss;
  adagradStep(items, { features: itemFeatures, row: step.positive, gradient: positiveGradient, learningRate });
  adagradStep(items, { features: itemFeatures, row: step.negative, gradient: negativeGradient, learningRate });
  adagradStep(users, { features: userFeatures, row: step.user, gradient: userGradient, learningRate });
}
