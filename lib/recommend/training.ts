import { Interrupted } from "../interrupt/interrupted";
import type { StopRequest } from "../interrupt/listenForStop";
import { patienceOf, type EarlyStopping } from "./earlyStopping";
import { openEpochs } from "./epochs";
import type { Coo } from "./coo";
import type { FitPlan } from "./fitPlan";
import { checkedForm, type FormOptions } from "./form";
import type { InteractionFile } from "./interactionFile";
import type { Learned, Recommender } from "./model";
import { nextTurn } from "./nextTurn";
import type { Task } from "./task";

/** What is known after an epoch. */
export interface EpochInfo {
  /** Counted from 1. */
  epoch: number;
  /** How many there will be. */
  epochs: number;
  /** Mean loss of the epoch; what it is made of, `Loss` tells. */
  loss: number;
  /** Share of interactions that were found in the wrong order, 0 to 1. */
  violationRate: number;
  /** What the epoch took. */
  seconds: number;
}

/** How a training is watched and ended. */
export interface TrainingOptions extends FormOptions {
  /** Called, and waited for, after every epoch. */
  onEpoch?: (info: EpochInfo) => void | Promise<void>;
  /**
   * Stops after the running epoch; what was learned is kept. Aborted beforehand, nothing changes. Without a signal an
   * interrupt stops the training so, and is thrown.
   */
  signal?: AbortSignal;
  /** Ends the training when it no longer gets better. Default: all epochs are run. */
  earlyStopping?: EarlyStopping;
  /** The side whose numbers stay as they are. Default none. */
  freeze?: "items" | "users";
}

/**
 * Runs the epochs of a plan on factors that the model takes over at once.
 *
 * @throws RangeError when training diverges, and then the model is as it was after the last epoch that went well;
 * Interrupted after the running epoch, when it is interrupted and no signal was given
 * @internal
 */
export async function train(
  model: Recommender,
  learned: Learned,
  { plan, options, stop }: { plan: FitPlan; options: TrainingOptions; stop: StopRequest },
): Promise<EpochInfo[]> {
  const before = model.learned;
  const { items, users } = learned;
  const stopping = options.earlyStopping && patienceOf(options.earlyStopping, { items, users });
  const task: Task<Coo | InteractionFile> = { items, users, ...plan, settings: model, freeze: options.freeze };
  const epochs = openEpochs(task, checkedForm(options, model));
  model.learned = learned;
  const history: EpochInfo[] = [];
  try {
    for (let epoch = 1; epoch <= plan.epochs && !stop.requested; epoch++) {
      const started = performance.now();
      const { diverged, ...result } = await epochs.run(model.random);
      learned.representations = undefined;
      const info = { epoch, epochs: plan.epochs, ...result, seconds: (performance.now() - started) / 1000 };
      if (diverged) throw new RangeError(divergence(diverged, epoch, model));
      history.push(info);
      await options.onEpoch?.(info);
      await nextTurn();
      if (await stopping?.isOver(info)) break;
    }
  } catch (error) {
    if (history.length === 0) model.learned = before;
    throw error;
  } finally {
    epochs.close();
  }
  if (stopping?.restoreBest()) learned.representations = undefined;
  if (stop.requested && !options.signal && history.length < plan.epochs)
    throw new Interrupted("fit()", history.length, plan.epochs);
  return history;
}

function divergence(wrong: string, epoch: number, { schedule, learningRate }: Recommender): string {
  const state = epoch === 1 ? "as it was before the call" : `as it was after epoch ${epoch - 1}`;
  const rate = schedule === "adagrad" ? `lower the learning rate (${learningRate}) or ` : "";
  return `fit(): training diverged in epoch ${epoch}, ${wrong} are no longer finite; the model is ${state}; ${rate}normalise the features`;
}
