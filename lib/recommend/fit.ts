import { Interrupted } from "../interrupt/interrupted";
import { listenForStop, type StopRequest } from "../interrupt/listenForStop";
import type { Coo } from "./coo";
import { identityCsr, isIdentity, type Csr } from "./csr";
import { growFactors, initialFactors, type Factors } from "./factors";
import { checkEarlyStopping } from "./earlyStopping";
import { checkedPlan } from "./fitPlan";
import { checkedForm } from "./form";
import type { InteractionFile } from "./interactionFile";
import { unionPattern } from "./joinCsr";
import { learnedBy, type Recommender } from "./model";
import { train, type EpochInfo, type TrainingOptions } from "./training";

/** Options of `fit` and `fitPartial`. */
export interface FitOptions extends TrainingOptions {
  /** Shape [items, item features]. Default: every item its own feature. */
  itemFeatures?: Csr;
  /** Shape [users, user features]. Default: every user its own feature. */
  userFeatures?: Csr;
  /** How much each interaction counts: the same entries in the same order, values of 0 or more. Default 1. */
  sampleWeight?: Coo;
  /** Passes over the interactions. Default 1; 0 only makes the first numbers. */
  epochs?: number;
  /**
   * Interactions of a block. In each epoch the blocks are visited in random order, and the interactions in random order
   * within each. Default: of a matrix all are one block, of a file 2^20 are. The same blocks of a file and of a matrix
   * give the same numbers.
   */
  block?: number;
}

/**
 * Teaches a model from scratch. The model's generator goes on where it stood, so a second fit starts elsewhere.
 *
 * @param interactions - shape [users, items]; entries above 0 are positive, however large. Others are learned from by
 * the loss "logistic" only. Pairs that come twice count twice; users and items without any keep their first numbers.
 * For weights see `sampleWeight`. A file of interactions (`openInteractionFile`) stays on the disk: memory holds one block
 * of it, and up to 8 bytes for each interaction to know what each user has chosen. It is learned from by the fast form,
 * without weights and not by the loss "bpr".
 * @returns one line for each epoch
 * @throws TypeError for shapes that do not go together, RangeError for values and SyntaxError for a file that is damaged
 * or was replaced since it was opened, before anything has changed; RangeError when training diverges, and then the model
 * is as after the last epoch that went well; Interrupted when it is interrupted, and then the model keeps what it has
 * learned
 */
export function fit(
  model: Recommender,
  interactions: Coo | InteractionFile,
  options: FitOptions = {},
): Promise<EpochInfo[]> {
  return alone(model, options, async (stop) => {
    checkOptions(options, model);
    const { itemFeatures = identityCsr(interactions.columns), userFeatures = identityCsr(interactions.rows) } = options;
    const plan = await checkedPlan(interactions, model, { ...options, itemFeatures, userFeatures, stop });
    if (!plan || stop.requested) return stoppedBefore(options);
    const items = initialFactors(itemFeatures.columns, model.components, model);
    const users = initialFactors(userFeatures.columns, model.components, model);
    return train(model, { items, users, itemFeatures, userFeatures, seen: plan.shown }, { plan, options, stop });
  });
}

/**
 * Goes on teaching a model, the schedule's memory included: five calls of one epoch end where one call of five does. An
 * untrained model is fitted from scratch. Features that are not given are those of the last call.
 *
 * The model grows with what it is given: users and items beyond those it knows, and further columns of features,
 * start as in `fit`, new features of items first. Interactions with fewer rows or columns are about the first users
 * and items.
 *
 * @throws as `fit` does; also TypeError where features have fewer rows or columns than the model knows, or are missing
 * for new users or items
 */
export function fitPartial(
  model: Recommender,
  interactions: Coo | InteractionFile,
  options: FitOptions = {},
): Promise<EpochInfo[]> {
  if (!model.learned) return fit(model, interactions, options);
  return alone(model, options, async (stop) => {
    checkOptions(options, model);
    const learned = learnedBy(model);
    const itemFeatures = grownFeatures(learned.itemFeatures, options.itemFeatures, [interactions.columns, "item"]);
    const userFeatures = grownFeatures(learned.userFeatures, options.userFeatures, [interactions.rows, "user"]);
    const columns = options.itemFeatures ? interactions.columns : itemFeatures.rows;
    const rows = options.userFeatures ? interactions.rows : userFeatures.rows;
    const shaped = { ...interactions, rows, columns };
    const plan = await checkedPlan(shaped, model, { ...options, itemFeatures, userFeatures, stop });
    if (!plan || stop.requested) return stoppedBefore(options);
    const grow = (factors: Factors, { columns }: Csr) => growFactors(factors, columns, model);
    const items = grow(learned.items, itemFeatures);
    const users = grow(learned.users, userFeatures);
    const seen = unionPattern(learned.seen, plan.shown);
    return train(model, { items, users, itemFeatures, userFeatures, seen }, { plan, options, stop });
  });
}

function checkOptions(options: FitOptions, model: Recommender): void {
  checkedForm(options, model);
  if (options.earlyStopping) checkEarlyStopping(options.earlyStopping);
}

/** The features to go on with: those given, or the known ones, one more for each new row where rows are features. */
function grownFeatures(known: Csr, given: Csr | undefined, [rows, side]: [number, "item" | "user"]): Csr {
  if (!given) {
    if (rows <= known.rows) return known;
    if (isIdentity(known)) return identityCsr(rows);
    throw new TypeError(
      `fitPartial(): interactions have ${rows} ${side}s, the model knows the features of ${known.rows}; give ${side}Features with a row for each`,
    );
  }
  if (given.columns < known.columns)
    throw new TypeError(
      `fitPartial(): ${side}Features has ${given.columns} columns, the model knows ${known.columns} ${side} features; give the same features, or more behind them, or call fit to start anew`,
    );
  if (given.rows < known.rows)
    throw new TypeError(
      `fitPartial(): ${side}Features has ${given.rows} rows, the model knows ${known.rows} ${side}s; give a row for each, and new ones behind them`,
    );
  return given;
}

/** The models that are being taught right now. */
const busy = new WeakSet<Recommender>();

/** Runs one training at a time on a model, and listens for what is to stop it. */
async function alone<T>(
  model: Recommender,
  { signal }: FitOptions,
  action: (stop: StopRequest) => Promise<T>,
): Promise<T> {
  if (busy.has(model))
    throw new RangeError("fit(): this model is already being trained; wait for that call (await) before the next");
  busy.add(model);
  const stop = listenForStop(signal);
  try {
    return await action(stop);
  } finally {
    stop.release();
    busy.delete(model);
  }
}

/** Nothing was learned and nothing has changed. */
function stoppedBefore({ signal, epochs = 1 }: FitOptions): EpochInfo[] {
  if (signal) return [];
  throw new Interrupted("fit()", 0, epochs);
}
