import { adadeltaStep } from "./adadelta";
import { adagradStep } from "./adagrad";
import type { Csr } from "./csr";
import type { Factors } from "./factors";
import { represent } from "./representation";
import type { Penalty, RowStep } from "./rowStep";
import type { Task } from "./task";

/** What the losses have in common: reading vectors, and moving them. A vector is [components + 1], its bias last. */
export interface Learner {
  /** Writes a user's vector into `vector`. */
  readUser(row: number, vector: Float32Array): void;
  /** Writes an item's vector into `vector`. */
  readItem(row: number, vector: Float32Array): void;
  /**
   * Moves one user and one item along the gradient of their score times `slope`.
   *
   * @param vectors - as they were read
   */
  stepOne(rows: { user: number; item: number }, vectors: UserAndItem, slope: number): void;
  /** Moves a user and two items along the gradient of the difference of their scores (negative less positive) times `slope`. */
  stepPair(rows: { user: number; positive: number; negative: number }, vectors: Triple, slope: number): void;
  /** To be called after every interaction that was not passed over. */
  endExample(): void;
  /** To be called once, after the last interaction. */
  endEpoch(): void;
}

/** Vectors of a user and an item. */
export interface UserAndItem {
  readonly user: Float32Array;
  readonly item: Float32Array;
}

/** Vectors of a user, an item that should stand higher and one that should stand lower. */
export interface Triple {
  readonly user: Float32Array;
  readonly positive: Float32Array;
  readonly negative: Float32Array;
}

/** Room for three vectors. */
export function buildTriple(components: number): Triple {
  const vector = () => new Float32Array(components + 1);
  return { user: vector(), positive: vector(), negative: vector() };
}

/**
 * The hands of a training.
 *
 * Under `compat: "lightfm"` the alphas work as in LightFM: a number that takes a step is first enlarged, by
 * `1 + alpha * rate`; after each example the side's scale grows by the same with the example's mean rate; at the end
 * of the epoch (or when a scale passes a million) all numbers of the side are divided by it, so that those which took
 * no step have shrunk. Vectors are meanwhile read times the scale.
 */
export function buildLearner({ settings, items, users, itemFeatures, userFeatures, freeze }: Task): Learner {
  const { itemAlpha, userAlpha } = settings;
  const { components } = items;
  const lazy = settings.compat === "lightfm";
  const [userGradient, itemGradient] = [new Float64Array(components + 1), new Float64Array(components + 1)];
  const scales = { item: 1, user: 1 };

  const moveUser = stepOf(settings, { alpha: userAlpha, lazy });
  const moveItem = stepOf(settings, { alpha: itemAlpha, lazy });
  const stepUser = (row: number, gradient: Float64Array) =>
    freeze === "users" ? 0 : moveUser(users, { features: userFeatures, row, gradient });
  const stepItem = (row: number, gradient: Float64Array) =>
    freeze === "items" ? 0 : moveItem(items, { features: itemFeatures, row, gradient });
  const growScales = (rates: number, entries: number) => {
    if (entries === 0) return;
    const mean = rates / ((components + 1) * entries);
    scales.item *= 1 + itemAlpha * mean;
    scales.user *= 1 + userAlpha * mean;
  };
  const divideByScales = () => {
    divide(items, scales.item);
    divide(users, scales.user);
    scales.item = scales.user = 1;
  };

  return {
    readUser: (row, vector) => represent(userFeatures, row, users, vector, scales.user),
    readItem: (row, vector) => represent(itemFeatures, row, items, vector, scales.item),
    stepOne(rows, { user, item }, slope) {
      for (let j = 0; j < components; j++) {
        itemGradient[j] = slope * user[j];
        userGradient[j] = slope * item[j];
      }
      itemGradient[components] = userGradient[components] = slope;
      const rates = stepItem(rows.item, itemGradient) + stepUser(rows.user, userGradient);
      if (lazy) growScales(rates, entriesOf(itemFeatures, rows.item) + entriesOf(userFeatures, rows.user));
    },
    stepPair(rows, { user, positive, negative }, slope) {
      for (let j = 0; j < components; j++) {
        itemGradient[j] = -slope * user[j];
        userGradient[j] = slope * Math.fround(negative[j] - positive[j]);
      }
      itemGradient[components] = -slope;
      userGradient[components] = lazy ? slope : 0; // a user's bias stands in both scores
      let rates = stepItem(rows.positive, itemGradient);
      for (let j = 0; j <= components; j++) itemGradient[j] = -itemGradient[j];
      rates += stepItem(rows.negative, itemGradient);
      rates += stepUser(rows.user, userGradient);
      const entries = (item: number) => entriesOf(itemFeatures, item);
      if (lazy) growScales(rates, entries(rows.positive) + entries(rows.negative) + entriesOf(userFeatures, rows.user));
    },
    endExample() {
      if (scales.item > MAX_SCALE || scales.user > MAX_SCALE) divideByScales();
    },
    endEpoch: divideByScales,
  };
}

/** Beyond this LightFM does not let a scale grow. */
const MAX_SCALE = 1e6;

function stepOf(settings: Task["settings"], penalty: Penalty): (factors: Factors, step: RowStep) => number {
  const [learningRate, rho, epsilon] = [settings.learningRate, settings.rho, settings.epsilon].map(Math.fround);
  const options = { learningRate, rho, epsilon, ...penalty };
  return settings.schedule === "adagrad"
    ? (factors, step) => adagradStep(factors, step, options)
    : (factors, step) => adadeltaStep(factors, step, options);
}

function entriesOf({ offsets }: Csr, row: number): number {
  return offsets[row + 1] - offsets[row];
}

function divide({ embeddings, biases }: Factors, scale: number): void {
  if (scale === 1) return;
  for (let i = 0; i < embeddings.length; i++) embeddings[i] /= scale;
  for (let i = 0; i < biases.length; i++) biases[i] /= scale;
}
