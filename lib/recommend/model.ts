import { numpyRandom, type Random } from "../random";
import type { Csr, SparsePattern } from "./csr";
import type { Factors } from "./factors";
import type { Representations } from "./representation";
import { checkPositiveInteger, checkSettings, defaultSettings, type Settings } from "./settings";

/**
 * A hybrid matrix factorization: users and items are described by features, and a vector is learned for each feature.
 * With no features given, every user and every item is its own one feature (plain collaborative filtering).
 */
export interface Recommender extends Settings {
  readonly components: number;
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
  readonly seen: SparsePattern;
  /** Reckoned on first use, forgotten at every further step of training. */
  representations?: { items: Representations; users: Representations };
}

/** Options of `buildRecommender`: see `Settings`, and `defaultSettings` for their defaults. */
export interface RecommenderOptions extends Partial<Settings> {
  /** Numbers in a feature's vector. Default 10. */
  components?: number;
  /** Seed of NumPy's legacy generator; the same numbers as LightFM's `random_state`. Default 42. */
  seed?: number;
  /** The generator itself, instead of a seed. */
  random?: Random;
}

/**
 * An untrained model; `fit` teaches it.
 *
 * With `compat: "lightfm"` training repeats LightFM 1.17 on one thread, draw for draw. The default puts right what
 * users of LightFM stumbled over: in "bpr", "warp" and "warp-kos" a user's bias, which cannot change the order of the
 * user's items, stays where it is instead of drifting off; the alphas are the plain L2 penalty of every parameter that
 * takes a step (`adagradStep`) instead of a scale that grows with each example seen; pairs with a stored value of 0 or
 * less may be drawn as negatives, and "warp-kos" never takes them for positives; the rank weight of "warp-kos" is
 * never below 0; "bpr" skips a pair for which it finds no negative.
 *
 * @throws RangeError for a setting that cannot be
 */
export function buildRecommender({
  components = 10,
  seed = 42,
  random = numpyRandom(seed),
  ...given
}: RecommenderOptions = {}): Recommender {
  checkPositiveInteger(components, "buildRecommender(): components");
  const settings = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const model: Recommender = { ...defaultSettings, ...settings, components, random };
  checkSettings(model, "buildRecommender()");
  return model;
}

/** What a model has learned; throws a RangeError when it was never fitted. */
export function learnedBy(model: Recommender): Learned {
  if (!model.learned)
    throw new RangeError("the model has not learned anything yet; call fit(model, interactions) first");
  return model.learned;
}
