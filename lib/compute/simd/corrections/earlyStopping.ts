import * as tf from "@tensorflow/tfjs";
import { correctMethod } from "./correctMethod";

type Logs = Record<string, number | tf.Scalar>;

/** The options of TensorFlow.js, and one of Keras' more. */
export interface EarlyStoppingOptions extends tf.EarlyStoppingCallbackArgs {
  /** The first epoch, counted from 0, that is looked at; default 0. */
  startFromEpoch?: number;
}

/** What a callback of early stopping remembers. */
interface EarlyStopping {
  monitor: string;
  verbose: number;
  patience: number;
  baseline?: number;
  /** Negative where less is better. */
  minDelta: number;
  monitorFunc(value: number, best: number): boolean;
  model: tf.LayersModel;
  restoreBestWeights?: boolean;
  startFromEpoch?: number;
  wait: number;
  stoppedEpoch: number;
  best: number | null;
  bestEpoch: number;
  bestWeights: tf.Tensor[] | null;
}

/**
 * Has `tf.callbacks.earlyStopping` give the weights of the best epoch back where `restoreBestWeights` is set
 * (TensorFlow.js throws), and wait and stop as Keras' does: a baseline counts beside the best number so far, and
 * `accuracy` is looked for under TensorFlow.js' name `acc` too.
 */
export function correctEarlyStopping(): void {
  const owner = { className: "EarlyStopping", prototype: tf.EarlyStopping.prototype };
  correctMethod(owner, "onTrainBegin", () => onTrainBegin);
  correctMethod(owner, "onEpochEnd", () => onEpochEnd);
  correctMethod(owner, "onTrainEnd", () => onTrainEnd);
  correctMethod({ className: "callbacks", prototype: tf.callbacks }, "earlyStopping", () => earlyStopping);
}

function earlyStopping({
  restoreBestWeights,
  startFromEpoch,
  ...options
}: EarlyStoppingOptions = {}): tf.EarlyStopping {
  return Object.assign(new tf.EarlyStopping(options), { restoreBestWeights, startFromEpoch });
}

async function onTrainBegin(this: EarlyStopping): Promise<void> {
  Object.assign(this, { wait: 0, stoppedEpoch: 0, best: null, bestEpoch: 0 });
  keepWeights(this, null);
}

async function onEpochEnd(this: EarlyStopping, epoch: number, logs: Logs = {}): Promise<void> {
  const current = await monitored(this, logs);
  if (current === undefined || epoch < (this.startFromEpoch ?? 0)) return;
  if (this.restoreBestWeights && !this.bestWeights) keepBest(this, epoch);
  this.wait++;
  if (isBetter(this, current, this.best)) {
    this.best = current;
    if (this.restoreBestWeights) keepBest(this, epoch);
    if (isBetter(this, current, this.baseline ?? null)) this.wait = 0;
  } else if (this.wait >= this.patience && epoch > 0) {
    this.stoppedEpoch = epoch;
    this.model.stopTraining = true;
  }
}

async function onTrainEnd(this: EarlyStopping): Promise<void> {
  if (this.stoppedEpoch > 0 && this.verbose) console.log(`Epoch ${this.stoppedEpoch + 1}: early stopping.`);
  if (!this.bestWeights) return;
  if (this.verbose) console.log(`The weights of epoch ${this.bestEpoch + 1}, the best, are restored.`);
  this.model.setWeights(this.bestWeights);
  keepWeights(this, null);
}

function isBetter({ monitorFunc, minDelta }: EarlyStopping, value: number, than: number | null): boolean {
  return than === null || monitorFunc(value - minDelta, than);
}

function keepBest(callback: EarlyStopping, epoch: number): void {
  callback.bestEpoch = epoch;
  keepWeights(
    callback,
    callback.model.getWeights().map((weight) => tf.keep(weight.clone())),
  );
}

function keepWeights(callback: EarlyStopping, weights: tf.Tensor[] | null): void {
  tf.dispose(callback.bestWeights ?? []);
  callback.bestWeights = weights;
}

async function monitored({ monitor }: EarlyStopping, logs: Logs): Promise<number | undefined> {
  const value = logs[monitor] ?? logs[monitor.replace(/accuracy$/, "acc")];
  if (value === undefined)
    console.warn(`earlyStopping watches ${monitor}, which is not there; there are ${Object.keys(logs).join(", ")}`);
  return typeof value === "object" ? (await value.data())[0] : value;
}
