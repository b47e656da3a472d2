import * as tf from "@tensorflow/tfjs";
import { takeRows } from "../data/takeRows";
import type { Windows } from "../data/windows";
import { permutation, seededRandom } from "../random";
import { Interrupted } from "../interrupt/interrupted";
import { listenForStop } from "../interrupt/listenForStop";
import { keepBest } from "./keepBest";

/** How to train a forecaster. */
export interface ForecastTraining {
  /** Times every window is seen, default 20. */
  epochs?: number;
  /** Windows in one step, default 32. */
  batchSize?: number;
  /** Seeds the order of the windows, default 42. */
  seed?: number;
  /** Windows that are not learned from: after each epoch the error on them is measured. */
  validation?: Windows;
  /** Ends the training after this many epochs without a smaller error on `validation`; default: all epochs. */
  patience?: number;
  /** Called with the mean squared error of each epoch, counted from 1, and that of the validation. */
  onEpoch?: (epoch: number, loss: number, validationLoss?: number) => void;
}

/**
 * Fits a forecaster to windows, in a new random order each epoch; the same seed gives the same weights. With `validation`
 * the model ends with the weights of its best epoch (early stopping). The validation should be the last part of the time
 * that may be learned from, never the part the forecast is tested on.
 *
 * @returns the mean squared error of each epoch, in scaled units
 * @throws TypeError for windows the model does not take, RangeError for settings that are none and when the loss is no
 * longer finite, Interrupted after the running epoch when it is interrupted; the model keeps what it has learned
 */
export async function trainForecaster(
  model: tf.LayersModel,
  windows: Windows,
  options: ForecastTraining = {},
): Promise<number[]> {
  const { epochs = 20, batchSize = 32, seed = 42, validation, patience = Infinity, onEpoch = () => {} } = options;
  checkShape(model, windows);
  if (validation) checkShape(model, validation);
  for (const [name, count] of Object.entries({ epochs, batchSize, patience: Math.min(patience, epochs) }))
    checkCount(name, count);
  const random = seededRandom(seed);
  const losses: number[] = [];
  const best = keepBest(model, validation);
  const stop = listenForStop();
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      if (stop.requested) throw new Interrupted("trainForecaster()", epoch - 1, epochs);
      const loss = await runEpoch(model, windows, { order: permutation(random, windows.count), batchSize });
      if (!Number.isFinite(loss))
        throw new RangeError(`trainForecaster(): the loss is ${loss} in epoch ${epoch}; use tanh or scale the series`);
      losses.push(loss);
      onEpoch(epoch, loss, best.look(epoch));
      await new Promise(setImmediate); // lets an interrupt and the progress through
      if (epoch - best.epoch >= patience) break;
    }
    return losses;
  } finally {
    stop.release();
    best.restore();
  }
}

/** The mean loss of one pass over all windows. */
async function runEpoch(
  model: tf.LayersModel,
  windows: Windows,
  { order, batchSize }: { order: Int32Array; batchSize: number },
): Promise<number> {
  let total = 0;
  for (let start = 0; start < windows.count; start += batchSize) {
    const indices = order.subarray(start, start + batchSize);
    total += indices.length * (await step(model, windows, indices));
  }
  return total / windows.count;
}

function checkShape(model: tf.LayersModel, windows: Windows): void {
  const [, steps, columns] = model.inputs[0].shape;
  const outputs = model.outputs[0].shape.at(-1);
  const wanted = windows.outputs ?? windows.columns;
  const came = `${windows.steps} x ${windows.columns}`;
  if (windows.steps === steps && windows.columns === columns && wanted === outputs) return;
  if (windows.steps === steps && windows.columns === columns)
    throw new TypeError(
      `trainForecaster(): the windows have targets of ${wanted}, the model gives ${outputs}; build it with { outputs: ${wanted} }`,
    );
  throw new TypeError(
    `trainForecaster(): the windows are ${came}, the model takes ${steps} x ${columns}; cut them with slidingWindows() to fit`,
  );
}

function checkCount(name: string, count: number): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new RangeError(`trainForecaster(): ${name} ${count} is not an integer of 1 or more`);
}

async function step(model: tf.LayersModel, windows: Windows, indices: Int32Array) {
  const { inputs, targets, steps, columns, outputs = columns } = windows;
  const x = tf.tensor3d(takeRows(inputs, steps * columns, indices), [indices.length, steps, columns]);
  const y = tf.tensor2d(takeRows(targets, outputs, indices), [indices.length, outputs]);
  const loss = (await model.trainOnBatch(x, y)) as number;
  tf.dispose([x, y]);
  return loss;
}
