import * as tf from "@tensorflow/tfjs";
import { shownPath } from "../files";
import { permutation, seededRandom, type Random } from "../random";
import { captureState, restoreState } from "./trainingState";
import { readCheckpoint, writeCheckpoint } from "./checkpoint";
import { evaluate } from "./evaluate";
import { checkExamples, takeExamples, type Examples } from "./examples";
import { checkpointFile, trainingFolder } from "./trainingFolder";

/** How to train. */
export interface TrainOptions {
  /** Times every example is seen, default 10. */
  epochs?: number;
  /** Examples in one step, default 32. */
  batchSize?: number;
  /** Seeds the order of the examples, default 42. */
  seed?: number;
  /** Scored after every epoch, never learned from. */
  validation?: Examples;
  /** Told after every batch how far training is. */
  onBatch?: (progress: BatchProgress) => void;
  /** Told after every epoch what came out of it. */
  onEpoch?: (result: EpochResult) => void;
  /** Where checkpoints are kept; default `data/models`, false for nowhere. */
  checkpoints?: string | false;
  /** Trains again even if a checkpoint of the same training is there. */
  fresh?: boolean;
  /** Stops the training after the batch in hand, as Ctrl-C and Interrupt do. */
  signal?: AbortSignal;
  /** Told what was taken from checkpoints. */
  log?: (line: string) => void;
}

/** Where training stands, counted from 1; loss and accuracy are means over the epoch so far. */
export interface BatchProgress {
  epoch: number;
  epochs: number;
  batch: number;
  batches: number;
  loss: number;
  accuracy: number;
  /** Milliseconds a step takes, mean over the epoch so far. */
  msPerStep: number;
}

/** What an epoch came to. */
export interface EpochResult extends BatchProgress {
  /** Seconds the epoch took, validation included. */
  seconds: number;
  valLoss?: number;
  valAccuracy?: number;
}

/** A training's outcome: the value of each epoch, in order. */
export interface History {
  loss: number[];
  accuracy: number[];
  valLoss: number[];
  valAccuracy: number[];
  msPerStep: number[];
  seconds: number[];
  /** Epochs that came from checkpoints of an earlier run of the same training. */
  reusedEpochs: number;
  /** Whether it was stopped before the last epoch was complete; the weights are those of the last step taken. */
  stopped: boolean;
}

/**
 * Trains a compiled classifier, the examples in a new random order each epoch.
 *
 * On one backend the result depends on nothing but the model, the examples and the options, to the bit. After each
 * epoch a checkpoint is written, so that the same call takes up a training where it broke off and ends with the same
 * weights as one that never did, or returns at once what was trained before. Ctrl-C or Interrupt stops after the batch.
 *
 * @throws TypeError when labels and images do not match; RangeError for options out of range, or when the loss is no
 *   longer finite
 */
export async function train(model: tf.LayersModel, examples: Examples, options: TrainOptions = {}): Promise<History> {
  const settings = withDefaults(model, examples, options);
  const random = seededRandom(settings.seed);
  const folder = trainingFolder(model, examples, settings);
  const resumed = settings.fresh ? null : await resume(model, folder, settings);
  const run: Run = { model, examples, settings, random: resumed?.random ?? random, results: resumed?.results ?? [] };
  const reusedEpochs = run.results.length;
  const stop = stopper(settings.signal);
  try {
    while (run.results.length < settings.epochs && !stop.requested) {
      const result = await runEpoch(run, stop);
      if (!result) break;
      run.results.push(result);
      if (folder) await save(run, checkpointFile(folder, run.results.length));
      settings.onEpoch(result);
    }
  } finally {
    stop.release();
  }
  return toHistory(run.results, { reusedEpochs, stopped: run.results.length < settings.epochs });
}

interface Run {
  model: tf.LayersModel;
  examples: Examples;
  settings: Settings;
  random: Random;
  results: EpochResult[];
}

type Settings = ReturnType<typeof withDefaults>;

function withDefaults(model: tf.LayersModel, examples: Examples, options: TrainOptions) {
  const { epochs = 10, batchSize = 32, seed = 42, validation, checkpoints, fresh = false, signal } = options;
  const { onBatch = () => {}, onEpoch = () => {}, log = console.log } = options;
  if (!model.optimizer) throw new TypeError("train(): the model is not compiled; call compile(model) first");
  checkExamples(examples, "train()");
  if (validation) checkExamples(validation, "train(), validation");
  for (const [name, value] of Object.entries({ epochs, batchSize }))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`train(): ${name} is ${value}; it must be a whole number from 1`);
  return { epochs, batchSize, seed, validation, checkpoints, fresh, signal, onBatch, onEpoch, log };
}

/** One pass over the examples; null when it was stopped on the way. */
async function runEpoch(run: Run, stop: Stopper): Promise<EpochResult | null> {
  const { model, examples, settings, random, results } = run;
  const count = examples.labels.length;
  const order = permutation(random, count);
  const batches = Math.ceil(count / settings.batchSize);
  const started = performance.now();
  const total = { loss: 0, accuracy: 0 };
  let progress!: BatchProgress;
  for (let batch = 1; batch <= batches; batch++) {
    const indices = order.subarray((batch - 1) * settings.batchSize, batch * settings.batchSize);
    const { loss, accuracy } = await step(model, examples, indices);
    if (!Number.isFinite(loss))
      throw new RangeError(
        `train(): the loss is ${loss} in epoch ${results.length + 1}, batch ${batch}; lower the learning rate`,
      );
    total.loss += loss * indices.length;
    total.accuracy += accuracy * indices.length;
    const seen = Math.min(count, batch * settings.batchSize);
    progress = {
      epoch: results.length + 1,
      epochs: settings.epochs,
      batch,
      batches,
      loss: total.loss / seen,
      accuracy: total.accuracy / seen,
      msPerStep: (performance.now() - started) / batch,
    };
    settings.onBatch(progress);
    await new Promise(setImmediate); // lets an interrupt and the progress through
    if (stop.requested && batch < batches) return null;
  }
  const score = settings.validation && (await evaluate(model, settings.validation));
  const seconds = (performance.now() - started) / 1000;
  return { ...progress, seconds, ...(score && { valLoss: score.loss, valAccuracy: score.accuracy }) };
}

/** One step of the optimizer on the examples of these indices. */
async function step(model: tf.LayersModel, examples: Examples, indices: Int32Array) {
  const { images, labels } = takeExamples(examples, indices);
  const x = tf.tensor4d(images, [indices.length, 28, 28, 1]);
  const y = tf.tensor2d(Float32Array.from(labels), [indices.length, 1]);
  const [loss, accuracy] = (await model.trainOnBatch(x, y)) as number[];
  tf.dispose([x, y]);
  return { loss, accuracy };
}

async function save({ model, random, results }: Run, file: string): Promise<void> {
  await writeCheckpoint(file, { tensors: captureState(model), notes: { random: random.state(), results } });
}

/** Puts the model where the furthest usable checkpoint of this training left it. */
async function resume(model: tf.LayersModel, folder: string | null, settings: Settings) {
  for (let epoch = settings.epochs; folder && epoch > 0; epoch--) {
    const checkpoint = await readCheckpoint(checkpointFile(folder, epoch));
    if (!checkpoint) continue;
    const { random, results: kept } = checkpoint.notes as { random: number[]; results: EpochResult[] };
    const results = kept.map((result) => ({ ...result, epochs: settings.epochs }));
    restoreState(model, checkpoint.tensors);
    const what = epoch === 1 ? "Epoch 1 was" : `Epochs 1 to ${epoch} were`;
    settings.log(`${what} trained before and taken from ${shownPath(folder)} (train with fresh: true to do it again).`);
    results.forEach(settings.onEpoch);
    return { random: seededRandom(settings.seed, random), results };
  }
  return null;
}

function toHistory(results: EpochResult[], rest: { reusedEpochs: number; stopped: boolean }): History {
  const column = (name: keyof EpochResult) =>
    results.map((result) => result[name]).filter((value) => value !== undefined) as number[];
  return {
    loss: column("loss"),
    accuracy: column("accuracy"),
    valLoss: column("valLoss"),
    valAccuracy: column("valAccuracy"),
    msPerStep: column("msPerStep"),
    seconds: column("seconds"),
    ...rest,
  };
}

interface Stopper {
  readonly requested: boolean;
  release(): void;
}

/** Listens for Ctrl-C (in a kernel: Interrupt) and for an abort signal until released. */
function stopper(signal?: AbortSignal): Stopper {
  let interrupted = false;
  const interrupt = () => void (interrupted = true);
  process.once("SIGINT", interrupt);
  return {
    get requested() {
      return interrupted || (signal?.aborted ?? false);
    },
    release: () => void process.removeListener("SIGINT", interrupt),
  };
}
