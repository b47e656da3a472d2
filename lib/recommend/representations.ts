import type { Csr } from "./csr";
import type { Factors } from "./factors";
import { learnedBy, type Learned, type Recommender } from "./model";
import { representAll, type Representations } from "./representation";

/** Vectors and biases apart. */
export interface SideRepresentations {
  readonly rows: number;
  readonly components: number;
  /** Shape [rows, components]. */
  readonly embeddings: Float32Array;
  /** Shape [rows]. */
  readonly biases: Float32Array;
}

/**
 * The vectors of all items and users, each with its bias behind it; reckoned once after training.
 *
 * @internal
 */
export function representationsOf(learned: Learned): { items: Representations; users: Representations } {
  learned.representations ??= {
    items: representAll(learned.itemFeatures, learned.items),
    users: representAll(learned.userFeatures, learned.users),
  };
  return learned.representations;
}

/**
 * What the model makes of items: of those it knows, or of others by their features.
 *
 * @param features - shape [any number of items, item features]
 * @throws RangeError for a model that was never fitted; TypeError for features of another width
 */
export function itemRepresentations(model: Recommender, features?: Csr): SideRepresentations {
  const learned = learnedBy(model);
  return features ? representOthers(learned.items, features, "item") : split(representationsOf(learned).items);
}

/** What the model makes of users; see `itemRepresentations`. */
export function userRepresentations(model: Recommender, features?: Csr): SideRepresentations {
  const learned = learnedBy(model);
  return features ? representOthers(learned.users, features, "user") : split(representationsOf(learned).users);
}

function representOthers(factors: Factors, features: Csr, side: "item" | "user"): SideRepresentations {
  if (features.columns !== factors.features)
    throw new TypeError(
      `${side}Representations(): features have ${features.columns} columns, the model knows ${factors.features} ${side} features; give rows over the same features`,
    );
  return split(representAll(features, factors));
}

function split({ rows, components, values }: Representations): SideRepresentations {
  const embeddings = new Float32Array(rows * components);
  const biases = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * (components + 1);
    embeddings.set(values.subarray(start, start + components), row * components);
    biases[row] = values[start + components];
  }
  return { rows, components, embeddings, biases };
}
