import { areOnes, checkCoo, checkFinite, checkIndices, checkWeights, takeEntries, type Coo } from "./coo";
import { buildPattern, type Csr, type SparsePattern } from "./csr";
import type { Settings } from "./settings";

/** The arguments of a training call after they were checked. */
export interface FitPlan {
  readonly interactions: Coo;
  readonly itemFeatures: Csr;
  readonly userFeatures: Csr;
  /** All pairs of the interactions, by user. */
  readonly shown: SparsePattern;
  /** By user, the items never to be taken for negatives. */
  readonly chosen: SparsePattern;
  /** How much each interaction counts, shape [entries]. */
  readonly weights: Float32Array;
  /** Room for the order of the visits, shape [entries]. */
  readonly order: Int32Array;
  readonly epochs: number;
}

/**
 * Checks the arguments of `fit` before it changes anything.
 *
 * @throws TypeError for shapes that do not go together; RangeError for values
 */
export function checkedPlan(
  interactions: Coo,
  settings: Settings,
  {
    itemFeatures,
    userFeatures,
    sampleWeight,
    epochs = 1,
  }: { itemFeatures: Csr; userFeatures: Csr; sampleWeight?: Coo; epochs?: number },
): FitPlan {
  if (!Number.isInteger(epochs) || epochs < 0)
    throw new RangeError(`fit(): epochs ${epochs} is not an integer of 0 or more`);
  checkCoo(interactions, "fit(): interactions");
  if (interactions.rows === 0 || interactions.columns === 0)
    throw new RangeError(
      `fit(): interactions of ${interactions.rows} users and ${interactions.columns} items; wanted one of each at least; register them with buildDataset first`,
    );
  checkFeatures(itemFeatures, interactions.columns, "item");
  checkFeatures(userFeatures, interactions.rows, "user");
  if (sampleWeight && settings.loss === "warp-kos")
    throw new RangeError(
      'fit(): "warp-kos" takes no sampleWeight, as an interaction only tells it the user; leave the weights out, or use the loss "warp"',
    );
  const weights = sampleWeight ? checkedWeights(interactions, sampleWeight) : onesLike(interactions.values);
  const order = new Int32Array(interactions.values.length);
  const shown = buildPattern(interactions, order);
  const chosen = settings.compat === "lightfm" ? shown : positivesOf(interactions, shown);
  return { interactions, itemFeatures, userFeatures, shown, chosen, weights, order, epochs };
}

/** The pairs with an entry above 0. */
function positivesOf(interactions: Coo, shown: SparsePattern): SparsePattern {
  if (areOnes(interactions.values) || interactions.values.every((value) => value > 0)) return shown;
  const places = Int32Array.from(interactions.values.keys()).filter((place) => interactions.values[place] > 0);
  return buildPattern(takeEntries(interactions, places));
}

function checkFeatures(features: Csr, rows: number, side: "item" | "user"): void {
  const name = `${side}Features`;
  if (features.rows !== rows)
    throw new TypeError(
      `fit(): ${name} has ${features.rows} rows for ${rows} ${side}s; give one row of features for every ${side}, in the order of the interactions' ${side === "item" ? "columns" : "rows"}`,
    );
  const { offsets, indices, values } = features;
  if (offsets.length !== rows + 1 || offsets[rows] !== indices.length || indices.length !== values.length)
    throw new TypeError(
      `fit(): ${name} is not a matrix by compressed rows; make it with buildCsr, csrFromDense or build${side === "item" ? "Item" : "User"}Features`,
    );
  checkIndices(indices, features.columns, `fit(): ${name}: column`);
  checkFinite(values, `fit(): ${name}: value`);
}

function checkedWeights(interactions: Coo, weights: Coo): Float32Array {
  const same = (a: Int32Array, b: Int32Array) => a === b || (a.length === b.length && a.every((v, i) => v === b[i]));
  if (!same(interactions.rowIndices, weights.rowIndices) || !same(interactions.columnIndices, weights.columnIndices))
    throw new TypeError(
      "fit(): sampleWeight has other entries than the interactions; build both from the same rows, in the same order",
    );
  checkWeights(weights.values, "fit(): sample weight");
  return weights.values;
}

/** Nothing writes to weights, so values that are all 1 serve as they are. */
function onesLike(values: Float32Array): Float32Array {
  if (areOnes(values)) return values;
  return new Float32Array(values.length).fill(1);
}
