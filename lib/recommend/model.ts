import { numpyRandom, type Random } from "../random";
import type { Csr } from "./csr";
import type { Factors } from "./factors";
import type { Representations } from "./representation";

/** What the model is taught to do. "warp": put items a user chose ahead of items they did not (see `warpEpoch`). */
export type Loss = "warp";

/**
 * A hybrid matrix factorization: users and items are described by features, and a vector is learned for each feature.
 * With no features given, every user and every item is its own one feature (plain collaborative filtering).
 */
export interface Recommender {
  readonly components: number;
  readonly learningRate: number;
  readonly maxSampled: number;
  readonly loss: Loss;
  readonly random: Random;
  /** Nothing before the first fit. */
  learned?: Learned;
}

/** All that training leaves behind. Whoever changes factors by hand sets `representations` to undefined. */
export interface Learned {
  readonly items: Factors;
  readonly users: Factors;
  /** Shape [items, item features]. */
  readonly itemFeatures: Csr;
  /** Shape [users, user features]. */
  readonly userFeatures: Csr;
  /** Shape [users, items]: an entry for every pair the model was shown. */
  readonly seen: Csr;
  /** Reckoned on first use, forgotten at every further step of training. */
  representations?: { items: Representations; users: Representations };
}

/** Options of `buildRecommender`. */
export interface RecommenderOptions {
  /** Numbers in a feature's vector. Default 10. */
  components?: number;
  /** Adagrad's first step size. Default 0.05. */
  learningRate?: number;
  /** Items drawn at most in search of one that is ranked wrongly. Default 10. */
  maxSampled?: number;
  /** Default "warp". */
  loss?: Loss;
  /** Seed of NumPy's legacy generator; the same numbers as LightFM's `random_state`. Default 42. */
  seed?: number;
  /** The generator itself, instead of a seed. */
  random?: Random;
}

/** An untrained model; `fit` teaches it. */
export function buildRecommender({
  components = 10,
  learningRate = 0.05,
  maxSampled = 10,
  loss = "warp",
  seed = 42,
  random = numpyRandom(seed),
}: RecommenderOptions = {}): Recommender {
  checkPositiveInteger(components, "components");
  checkPositiveInteger(maxSampled, "maxSampled");
  if (!Number.isFinite(learningRate) || learningRate <= 0)
    throw new RangeError(`buildRecommender(): learningRate ${learningRate} is not a number above 0; try 0.05`);
  if (loss !== "warp") throw new RangeError(`buildRecommender(): loss "${loss}" is unknown; wanted "warp"`);
  return { components, learningRate, maxSampled, loss, random };
}

/** What a model has learned; throws a RangeError when it was never fitted. */
export function learnedBy(model: Recommender): Learned {
  if (!model.learned)
    throw new RangeError("the model has not learned anything yet; call fit(model, interactions) first");
  return model.learned;
}

function checkPositiveInteger(value: number, name: string): void {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`buildRecommender(): ${name} ${value} is not an integer of 1 or more`);
}
