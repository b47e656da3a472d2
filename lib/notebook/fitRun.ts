import type * as tf from "@tensorflow/tfjs";
import { listenForStop } from "../interrupt/listenForStop";
import { newEpochMeter, type EpochMeter } from "./epochMeter";
import { quietProgbar } from "./quietProgbar";
import { newTrainingView, type LiveTrainingOptions } from "./trainingView";

/** Options of `liveCallback`. */
export interface LiveCallbackOptions extends LiveTrainingOptions {
  /** Stops the training after the batch in hand, as Ctrl-C and Interrupt do. */
  signal?: AbortSignal;
}

/** One call of `fit` or `fitDataset`, as it is shown and stopped. */
export interface FitRun {
  /**
   * An epoch begins.
   *
   * @param epoch - counted from 1
   */
  beginEpoch(epoch: number): void;
  /** Takes the batch's numbers by name, `batch` and `size` among them; gives way to the event loop now and then. */
  endBatch(numbers: Record<string, number>): Promise<void>;
  /** Takes the means of the epoch, and those of the validation. */
  endEpoch(numbers: Record<string, number>): void;
  /** The end, however it came; only the first call counts. */
  end(): void;
}

/**
 * Shows a call of `fit` that begins, and listens for what would stop it, until `end` or until `fit` is over otherwise.
 *
 * @param params - what TensorFlow.js tells a callback of the call
 */
export function newFitRun(model: tf.LayersModel, params: FitParams, options: LiveCallbackOptions): FitRun {
  const { signal, log = (line) => console.log(line), now = () => performance.now() } = options;
  const plan = planOf(params);
  const view = newTrainingView({ ...options, leaves: "figure" });
  const stop = listenForStop(signal);
  const restoreProgbar = quietProgbar();
  let meter: EpochMeter | undefined;
  let complete = 0; // the last epoch that is
  let batchesSeen: number | undefined; // in the last epoch, where nobody knew before
  let why: "interrupt" | "loss" | undefined; // the training is to be stopped
  let over = false;
  let yielded = -Infinity;

  const ask = (reason: typeof why) => {
    why ??= reason;
    model.stopTraining = true;
  };
  const end = (failed: boolean) => {
    if (over) return;
    over = true;
    stop.release();
    restoreProgbar();
    const stopped = complete < plan.epochs;
    if (stopped && !failed && why === "interrupt")
      log("Training was stopped; the weights kept are those of the last step.");
    view.done({ stopped, failed, note: stopped && !failed && why ? NOTES[why] : "" });
  };
  /** Lets an interrupt and the progress through, which a callback of this kind would else hold up for all of `fit`. */
  const giveWay = async () => {
    await new Promise(setImmediate);
    yielded = now();
  };
  whenFitIsOver(model, () => end(true));

  return {
    beginEpoch: (epoch) => {
      meter = newEpochMeter({ ...plan, epoch, expected: batchesSeen, now });
    },
    endBatch: async (numbers) => {
      if (!meter) return;
      const state = meter.add(numbers);
      view.onBatch(state);
      if (!Number.isFinite(numbers.loss)) {
        ask("loss");
        log(lossLine(numbers.loss, state));
      }
      if (now() - yielded >= YIELD_INTERVAL) await giveWay();
      if (stop.requested) ask("interrupt");
    },
    endEpoch: (numbers) => {
      if (!meter) return;
      const state = meter.end(numbers);
      const least = plan.batches ?? (why ? Infinity : 0); // batches of an epoch that nothing cut short
      const validated = !plan.validates || Object.keys(numbers).some((name) => name.startsWith("val_"));
      const cut = state.batch === 0 || (model.stopTraining && !(validated && state.batch >= least));
      if (!cut) {
        complete = state.epoch;
        batchesSeen = state.batch;
        view.onEpoch(state);
      }
      if (stop.requested) ask("interrupt");
    },
    end: () => end(false),
  };
}

const YIELD_INTERVAL = 10; // ms
const NOTES = { interrupt: "the weights of the last step are kept", loss: "its loss is not finite" };

function lossLine(loss: number, { epoch, batch }: { epoch: number; batch: number }): string {
  return (
    `The loss is ${loss} in epoch ${epoch}, batch ${batch}: the training is stopped, and the weights are of no use. ` +
    "Lower the learning rate, look for NaN in the data, and build the model again."
  );
}

/** What TensorFlow.js tells a callback about the training. */
export type FitParams = tf.Callback["params"];

/** What is known of a call of `fit` before it begins. */
interface FitPlan {
  epochs: number;
  /** Batches of an epoch, where that is known. */
  batches?: number;
  validates: boolean;
  /** Whether the time of an epoch's last batch holds the validation, as `fit` has it and `fitDataset` has not. */
  validatesInBatch: boolean;
}

function planOf(params: FitParams): FitPlan {
  const { epochs, samples, batchSize, steps, doValidation } = params as Record<string, number | null | undefined>;
  const tensors = typeof samples === "number";
  const batches = tensors ? Math.ceil(samples / Number(batchSize)) : (steps ?? undefined);
  const validates = Boolean(doValidation);
  return { epochs: Number(epochs), batches, validates, validatesInBatch: validates && tensors };
}

/**
 * `onTrainEnd` does not come where `fit` throws, but `fit` takes back its mark that the model is in training then too, as
 * the last of all it does.
 */
function whenFitIsOver(model: tf.LayersModel, over: () => void): void {
  const mark = (rest: PropertyDescriptor) =>
    Object.defineProperty(model, "isTraining", { configurable: true, enumerable: true, ...rest });
  const set = (value: boolean) => {
    mark({ value, writable: true });
    if (!value) over();
  };
  mark({ get: () => true, set });
}
