import { integer, permutation } from "../random";
import { checkFinite, type Coo } from "./coo";
import { buildCsr, identityCsr, type Csr } from "./csr";
import { areFinite, copyFactors, initialFactors } from "./factors";
import { union } from "./joinCsr";
import type { Learned, Recommender } from "./model";
import { warpEpoch } from "./warp";

/** What is known after an epoch. */
export interface EpochInfo {
  /** Counted from 1. */
  epoch: number;
  /** How many there will be. */
  epochs: number;
  /** Mean WARP loss of the epoch. */
  loss: number;
  /** Share of interactions for which a wrongly ranked item was found, 0 to 1. */
  violationRate: number;
  /** What the epoch took. */
  seconds: number;
}

/** Options of `fit` and `fitPartial`. */
export interface FitOptions {
  /** Shape [items, item features]. Default: every item its own feature. */
  itemFeatures?: Csr;
  /** Shape [users, user features]. Default: every user its own feature. */
  userFeatures?: Csr;
  /** How much each interaction counts: the same entries in the same order, values of 0 or more. Default 1. */
  sampleWeight?: Coo;
  /** Passes over the interactions. Default 1. */
  epochs?: number;
  /** Called, and waited for, after every epoch. */
  onEpoch?: (info: EpochInfo) => void | Promise<void>;
  /** Stops after the running epoch; what was learned is kept. */
  signal?: AbortSignal;
}

/**
 * Teaches a model from scratch. The model's generator goes on where it stood, so a second fit starts elsewhere.
 *
 * @param interactions - shape [users, items]; entries above 0 are positive, however large, and others are never
 * learned from. For weights see `sampleWeight`.
 * @returns one line for each epoch
 * @throws TypeError for shapes that do not go together and RangeError for values, before anything has changed;
 * RangeError when training diverges, and then the model is as it was before the call
 */
export async function fit(model: Recommender, interactions: Coo, options: FitOptions = {}): Promise<EpochInfo[]> {
  const { itemFeatures = identityCsr(interactions.columns), userFeatures = identityCsr(interactions.rows) } = options;
  const plan = checkedPlan(interactions, { ...options, itemFeatures, userFeatures });
  const { components, random } = model;
  const items = initialFactors(itemFeatures.columns, components, random);
  const users = initialFactors(userFeatures.columns, components, random);
  return train(model, { items, users, itemFeatures, userFeatures, seen: plan.chosen }, plan);
}

/**
 * Goes on teaching a model, Adagrad's memory included: five calls of one epoch end where one call of five does. An
 * untrained model is fitted from scratch. Features that are not given are those of the last call.
 *
 * @throws as `fit` does; also TypeError when the number of features differs from the one the model was made with
 */
export async function fitPartial(
  model: Recommender,
  interactions: Coo,
  options: FitOptions = {},
): Promise<EpochInfo[]> {
  const { learned } = model;
  if (!learned) return fit(model, interactions, options);
  const { itemFeatures = learned.itemFeatures, userFeatures = learned.userFeatures } = options;
  const plan = checkedPlan(interactions, { ...options, itemFeatures, userFeatures });
  checkWidth(itemFeatures, learned.items.features, "item");
  checkWidth(userFeatures, learned.users.features, "user");
  const items = copyFactors(learned.items);
  const users = copyFactors(learned.users);
  return train(model, { items, users, itemFeatures, userFeatures, seen: union(learned.seen, plan.chosen) }, plan);
}

/** Arguments that have been checked. */
interface Plan extends Pick<FitOptions, "onEpoch" | "signal"> {
  interactions: Coo;
  chosen: Csr;
  weights: Float32Array;
  epochs: number;
}

async function train(model: Recommender, learned: Learned, plan: Plan): Promise<EpochInfo[]> {
  const before = model.learned;
  const history: EpochInfo[] = [];
  model.learned = learned;
  for (let epoch = 1; epoch <= plan.epochs && !plan.signal?.aborted; epoch++) {
    const info = { epoch, epochs: plan.epochs, ...runEpoch(model, learned, plan) };
    if (!areFinite(learned.items) || !areFinite(learned.users)) {
      model.learned = before;
      throw new RangeError(
        `fit(): training diverged in epoch ${epoch}, embeddings are no longer finite; lower the learning rate (${model.learningRate}) or normalise the features`,
      );
    }
    history.push(info);
    await plan.onEpoch?.(info);
    await nextTurn();
  }
  return history;
}

function runEpoch(model: Recommender, learned: Learned, { interactions, chosen, weights }: Plan) {
  const started = performance.now();
  const result = warpEpoch({
    ...learned,
    interactions,
    chosen,
    weights,
    order: permutation(model.random, interactions.values.length),
    seed: integer(model.random, 0, MAX_SEED),
    learningRate: Math.fround(model.learningRate),
    maxSampled: model.maxSampled,
  });
  learned.representations = undefined;
  return { ...result, seconds: (performance.now() - started) / 1000 };
}

/** Seeds of the draws lie below the largest 32-bit signed integer, as LightFM has them. */
const MAX_SEED = 0x7fffffff;

/** Lets timers, signals and output have their turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function checkedPlan(
  interactions: Coo,
  {
    itemFeatures,
    userFeatures,
    sampleWeight,
    epochs = 1,
    onEpoch,
    signal,
  }: FitOptions & { itemFeatures: Csr; userFeatures: Csr },
): Plan {
  if (!Number.isInteger(epochs) || epochs < 0)
    throw new RangeError(`fit(): epochs ${epochs} is not an integer of 0 or more`);
  checkFinite(interactions.values, "fit(): the value of interaction");
  checkFeatures(itemFeatures, interactions.columns, "item");
  checkFeatures(userFeatures, interactions.rows, "user");
  const weights = sampleWeight ? checkedWeights(interactions, sampleWeight) : onesLike(interactions.values);
  return { interactions, chosen: buildCsr(interactions), weights, epochs, onEpoch, signal };
}

function checkFeatures(features: Csr, rows: number, side: "item" | "user"): void {
  if (features.rows !== rows)
    throw new TypeError(
      `fit(): ${side}Features has ${features.rows} rows for ${rows} ${side}s; give one row of features for every ${side}, in the order of the interactions' ${side === "item" ? "columns" : "rows"}`,
    );
  checkFinite(features.values, `fit(): in ${side}Features, value`);
}

function checkWidth(features: Csr, columns: number, side: "item" | "user"): void {
  if (features.columns !== columns)
    throw new TypeError(
      `fitPartial(): ${side}Features has ${features.columns} columns, the model knows ${columns} ${side} features; give the same features, or call fit to start anew`,
    );
}

function checkedWeights(interactions: Coo, weights: Coo): Float32Array {
  const same = (a: Int32Array, b: Int32Array) => a === b || (a.length === b.length && a.every((v, i) => v === b[i]));
  if (!same(interactions.rowIndices, weights.rowIndices) || !same(interactions.columnIndices, weights.columnIndices))
    throw new TypeError(
      "fit(): sampleWeight has other entries than the interactions; build both from the same rows, in the same order",
    );
  checkFinite(weights.values, "fit(): sample weight");
  const negative = weights.values.findIndex((weight) => weight < 0);
  if (negative >= 0)
    throw new RangeError(
      `fit(): sample weight ${negative} is ${weights.values[negative]}; wanted 0 or more; leave out what should not be learned`,
    );
  return weights.values;
}

function onesLike(values: Float32Array): Float32Array {
  return new Float32Array(values.length).fill(1);
}
