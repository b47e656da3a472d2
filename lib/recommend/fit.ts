import { integer, permutation } from "../random";
import type { Coo } from "./coo";
import { identityCsr, type Csr } from "./csr";
import { areFinite, copyFactors, initialFactors } from "./factors";
import { checkedPlan, type FitPlan } from "./fitPlan";
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
  return train(model, { items, users, itemFeatures, userFeatures, seen: plan.chosen }, plan, options);
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
  return train(
    model,
    { items, users, itemFeatures, userFeatures, seen: union(learned.seen, plan.chosen) },
    plan,
    options,
  );
}

async function train(
  model: Recommender,
  learned: Learned,
  plan: FitPlan,
  { onEpoch, signal }: FitOptions,
): Promise<EpochInfo[]> {
  const before = model.learned;
  const history: EpochInfo[] = [];
  model.learned = learned;
  for (let epoch = 1; epoch <= plan.epochs && !signal?.aborted; epoch++) {
    const info = { epoch, epochs: plan.epochs, ...runEpoch(model, learned, plan) };
    if (!areFinite(learned.items) || !areFinite(learned.users)) {
      model.learned = before;
      throw new RangeError(
        `fit(): training diverged in epoch ${epoch}, embeddings are no longer finite; lower the learning rate (${model.learningRate}) or normalise the features`,
      );
    }
    history.push(info);
    await onEpoch?.(info);
    await nextTurn();
  }
  return history;
}

function runEpoch(model: Recommender, learned: Learned, { interactions, chosen, weights }: FitPlan) {
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

function checkWidth(features: Csr, columns: number, side: "item" | "user"): void {
  if (features.columns !== columns)
    throw new TypeError(
      `fitPartial(): ${side}Features has ${features.columns} columns, the model knows ${columns} ${side} features; give the same features, or call fit to start anew`,
    );
}
