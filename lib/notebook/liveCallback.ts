import * as tf from "@tensorflow/tfjs";
import { newFitRun, type FitRun, type LiveCallbackOptions } from "./fitRun";

/**
 * Shows the training of any model live: `model.fit(x, y, { epochs: 5, callbacks: liveCallback() })`, and `fitDataset`
 * likewise. In a notebook one display with a curve for the loss and each metric, validation beside training, the progress
 * and the time left, which ends as a Plotly figure; elsewhere a line every ten seconds; and in both one line an epoch, with
 * the names that TensorFlow.js gives the scores. TensorFlow's own progress bar is silent meanwhile.
 *
 * Ctrl-C or Interrupt stops after the batch in hand, and so does a loss that is not finite; the weights are those of the
 * last step, and a line says so. Other callbacks stand beside it: `[liveCallback(), tf.callbacks.earlyStopping()]`, a plain
 * object with functions as `new tf.CustomCallback({ onEpochEnd })`, because TensorFlow.js does not take both kinds in one
 * array.
 *
 * After a batch it gives way to the event loop, whatever `yieldEvery` says, but not twice in ten milliseconds. In an epoch
 * of a single batch the time of a step holds the validation too, as `fit` makes both at once.
 *
 * @throws TypeError from `fit`, when it comes after a plain object in the array
 */
export function liveCallback(options: LiveCallbackOptions = {}): tf.Callback {
  return new LiveCallback(options);
}

type Logs = Record<string, number | tf.Scalar>;

class LiveCallback extends tf.Callback {
  /** The training that goes on; a callback may serve several, one after the other. */
  private run: FitRun | undefined;

  constructor(private readonly options: LiveCallbackOptions) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    if (!(this instanceof LiveCallback)) throw new TypeError(MIXED);
    this.run?.end();
    this.run = newFitRun(this.model, this.params, this.options);
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.run?.beginEpoch(epoch + 1);
  }

  override async onBatchEnd(_: number, logs: Logs = {}): Promise<void> {
    await this.run?.endBatch(readLogs(logs));
  }

  override async onEpochEnd(_: number, logs: Logs = {}): Promise<void> {
    this.run?.endEpoch(readLogs(logs));
  }

  override async onTrainEnd(): Promise<void> {
    this.run?.end();
  }
}

const MIXED =
  "liveCallback(): it comes after a plain object in callbacks, and TensorFlow.js takes objects or callbacks, not both; " +
  "write [liveCallback(), new tf.CustomCallback({ … })]";

/**
 * The numbers of a batch or an epoch, which `fit` holds as scalars and lets go by itself. Read at once: on Node every backend
 * has them at hand, and a promise for each would take ten times as long.
 */
function readLogs(logs: Logs): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const name in logs) {
    const value = logs[name];
    numbers[name] = typeof value === "number" ? value : value.dataSync()[0];
  }
  return numbers;
}
