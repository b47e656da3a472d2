import type { StopRequest } from "../interrupt/listenForStop";
import { areOnes, checkCoo, checkFinite, checkIndices, checkWeights, takeEntries, type Coo } from "./coo";
import { buildPattern, type Csr, type SparsePattern } from "./csr";
import type { FormOptions } from "./form";
import { DEFAULT_BLOCK, isInteractionFile } from "./interactionBlocks";
import type { InteractionFile } from "./interactionFile";
import { checkPositiveInteger, type Settings } from "./settings";
import { buildUserLists } from "./userLists";

/** The arguments of a training call after they were checked. */
export interface FitPlan {
  readonly interactions: Coo | InteractionFile;
  readonly itemFeatures: Csr;
  readonly userFeatures: Csr;
  /** All pairs of the interactions, by user. */
  readonly shown: SparsePattern;
  /** By user, the items never to be taken for negatives. */
  readonly chosen: SparsePattern;
  /** How much each interaction counts, shape [entries]; empty for a file, where each counts 1. */
  readonly weights: Float32Array;
  /** Room for the order of the visits, shape [entries], or for a file [block]. */
  readonly order: Int32Array;
  /** Interactions of a block; default all. */
  readonly block?: number;
  readonly epochs: number;
}

/** What is planned with: features of both sides among it. */
interface PlanOptions {
  itemFeatures: Csr;
  userFeatures: Csr;
  sampleWeight?: Coo;
  block?: number;
  epochs?: number;
  form?: FormOptions["form"];
  /** Whether to give up, which is looked at while a file is read. */
  stop: StopRequest;
}

/**
 * Checks the arguments of `fit` before it changes anything, and of a file reads what each user chose.
 *
 * @returns nothing where it was asked to stop meanwhile
 * @throws TypeError for shapes that do not go together; RangeError for values; SyntaxError for a file that is damaged
 */
export async function checkedPlan(
  interactions: Coo | InteractionFile,
  settings: Settings,
  options: PlanOptions,
): Promise<FitPlan | undefined> {
  const { itemFeatures, userFeatures, sampleWeight, block, epochs = 1 } = options;
  if (!Number.isInteger(epochs) || epochs < 0)
    throw new RangeError(`fit(): epochs ${epochs} is not an integer of 0 or more`);
  if (block !== undefined) checkPositiveInteger(block, "fit(): block");
  if (isInteractionFile(interactions)) checkFile(interactions, settings, options);
  else checkCoo(interactions, "fit(): interactions");
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
  const lists = isInteractionFile(interactions)
    ? await listsOfFile(interactions, options)
    : listsOfMatrix(interactions, settings, sampleWeight);
  return lists && { interactions, itemFeatures, userFeatures, epochs, block, ...lists };
}

type Lists = Pick<FitPlan, "shown" | "chosen" | "weights" | "order" | "block">;

function listsOfMatrix(interactions: Coo, { compat }: Settings, sampleWeight?: Coo): Lists {
  const weights = sampleWeight ? checkedWeights(interactions, sampleWeight) : onesLike(interactions.values);
  const order = new Int32Array(interactions.values.length);
  const shown = buildPattern(interactions, order);
  return { shown, chosen: compat === "lightfm" ? shown : positivesOf(interactions, shown), weights, order };
}

async function listsOfFile(
  file: InteractionFile,
  { block = DEFAULT_BLOCK, stop }: PlanOptions,
): Promise<Lists | undefined> {
  const shown = await buildUserLists(file, { stop });
  const chosen = file.negatives === 0 ? shown : shown && (await buildUserLists(file, { positives: true, stop }));
  if (!shown || !chosen) return undefined;
  return { shown, chosen, weights: new Float32Array(0), order: new Int32Array(Math.min(block, file.length)), block };
}

/** Refuses what can be learned from a matrix only. */
function checkFile(file: InteractionFile, { loss, compat }: Settings, { sampleWeight, form }: PlanOptions): void {
  const cure = "or give the interactions as a matrix";
  if (file.length > MOST_ENTRIES)
    throw new RangeError(`fit(): ${file.path} has ${file.length} interactions; wanted ${MOST_ENTRIES} at most; split it`); // prettier-ignore
  if (loss === "bpr")
    throw new RangeError(`fit(): "bpr" draws its items from all interactions, which a file does not hold in memory; use the loss "warp", ${cure}`); // prettier-ignore
  if (form === "teaching" || compat)
    throw new RangeError(`fit(): the teaching form${compat ? `, the only one of compat: "lightfm",` : ""} needs the interactions in memory; leave it out, ${cure}`); // prettier-ignore
  if (sampleWeight)
    throw new RangeError(`fit(): sampleWeight does not go with a file of interactions; leave it out, ${cure}`);
}

/** Places in the lists are kept as 32-bit integers. */
const MOST_ENTRIES = 0x7fffffff;

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
