import * as tf from "@tensorflow/tfjs";
import { shownPath } from "../files";
import { seededRandom } from "../random";
import { checkAugmentation, type Augmentation } from "./augment";
import { betterEpoch, type BestEpoch } from "./bestEpoch";
import { readCheckpoint, writeCheckpoint, type Tensors } from "./checkpoint";
import { checkExamples, type Examples, type Pixels } from "./examples";
import { runLastingEpoch } from "./lastingEpoch";
import type { BatchProgress, EpochResult } from "./runEpoch";
import { listenForStop, type StopRequest } from "../interrupt/listenForStop";
import type { FolderLock } from "../lock/folderLock";
import { lockTraining } from "./lockTraining";
import { checkSchedule, learningRateOf, setLearningRate, type Schedule } from "./schedule";
import { checkpointFile, trainingFolder } from "./trainingFolder";
import { rememberStart, startOf } from "./trainingStart";
import { restoreState } from "./trainingState";
import { averageWeights, type WeightAverage } from "./weightAverage";

/** How to train. */
export interface TrainOptions {
  /** Times every example is seen, default 10. */
  epochs?: number;
  /** Examples in one step, default 32. */
  batchSize?: number;
  /** Seeds the order of the examples, default 42. */
  seed?: number;
  /** How each picture is changed before every step, by draws of the same seed. Default not at all. */
  augment?: Augmentation;
  /**
   * The learning rate of each step, for example `oneCycle(0.01)`; afterwards the optimizer has its own rate again. Default
   * the optimizer's own rate throughout.
   */
  schedule?: Schedule;
  /**
   * Averages the weights over the steps (Polyak and Juditsky, 1992), with so much weight on the old mean in each step, 0 to
   * below 1, say 0.999. The mean is what is validated, and what the model has at the end. Default no average.
   */
  average?: number;
  /** Scored after every epoch, never learned from; its pictures are not changed. */
  validation?: Examples<Pixels>;
  /** Called after every batch with how far training is. */
  onBatch?: (progress: BatchProgress) => void;
  /** Called after every epoch with what came out of it. */
  onEpoch?: (result: EpochResult) => void;
  /** Called at the end, however it came. */
  done?: (end: TrainingEnd) => void;
  /** Where checkpoints are kept; default `data/models`, false for nowhere. */
  checkpoints?: string | false;
  /** Trains again even if a checkpoint of the same training is there. */
  fresh?: boolean;
  /** Stops the training after the batch in hand, as Ctrl-C and Interrupt do. */
  signal?: AbortSignal;
  /** Called with what was taken from checkpoints, and which weights an interrupted training keeps. */
  log?: (line: string) => void;
  /** Called once where another call or process trains the same and is waited for, with who it is; default `log`. */
  onWait?: (line: string) => void;
}

/** How a training ended. */
export interface TrainingEnd {
  /** Whether it was stopped before the last epoch was complete. */
  stopped: boolean;
  /** The epoch whose weights a stopped training keeps; without one the weights are those of the last step taken. */
  keptEpoch?: number;
}

/** A training's outcome: the value of each epoch, in order. */
export interface History extends TrainingEnd {
  loss: number[];
  accuracy: number[];
  valLoss: number[];
  valAccuracy: number[];
  msPerStep: number[];
  seconds: number[];
  /** Epochs that came from checkpoints of an earlier run of the same training. */
  reusedEpochs: number;
}

/**
 * Trains a compiled classifier, the examples in a new random order each epoch.
 *
 * On one backend the result depends on nothing but the model, the examples and the options, to the bit. After each
 * epoch a checkpoint is written, so that the same call takes up a training where it broke off and ends with the same
 * weights as one that never did, or returns at once what was trained before. Ctrl-C or Interrupt stops after the batch
 * and keeps the weights of the epoch with the lowest validation loss, or, without validation, those of the last step.
 *
 * Where another process, or another call in this one, trains the same and keeps checkpoints in the same folder, it waits
 * for that training, takes its epochs and trains what is left. A process that has died is not waited for; one of another
 * machine counts as dead after two minutes without a sign of life. Ctrl-C or Interrupt ends the waiting.
 *
 * Called again with a model that it has trained and nobody has changed since, it starts where it started then: a cell
 * that runs twice does the same twice. To train longer, ask for more epochs.
 *
 * @throws TypeError when labels and images do not match; RangeError for options out of range, or when the loss is no
 *   longer finite
 */
export async function train(
  model: tf.LayersModel,
  examples: Examples<Pixels>,
  options: TrainOptions = {},
): Promise<History> {
  const settings = withDefaults(model, examples, options);
  const earlier = running.get(model);
  const training = Promise.resolve(earlier).then(() => runTraining(model, examples, settings));
  running.set(
    model,
    training.catch(() => {}),
  );
  return training;
}

/**
 * The last training of each model. An interrupted cell is free before its training has ended with the batch in hand;
 * the next training of that model waits for it.
 */
const running = new WeakMap<tf.LayersModel, Promise<unknown>>();

async function runTraining(model: tf.LayersModel, examples: Examples<Pixels>, settings: Settings): Promise<History> {
  const stop = listenForStop(settings.signal);
  let lock: FolderLock | undefined;
  try {
    const start = await startOf(model);
    const folder = trainingFolder(model, start, { examples, ...settings });
    lock = await lockTraining(folder, { ...settings, stop });
    return await trainAlone(model, examples, { ...settings, start, folder, stop });
  } finally {
    lock?.release();
    stop.release();
  }
}

/** What a training works with once nobody else trains the same. */
type OwnSettings = Settings & { start: Tensors; folder: string | null; stop: StopRequest };

async function trainAlone(model: tf.LayersModel, examples: Examples<Pixels>, settings: OwnSettings): Promise<History> {
  const { start, folder, stop } = settings;
  const { results, average, ...resumed } = await resume(model, settings.fresh ? null : folder, start, settings);
  const reusedEpochs = results.length;
  const ownRate = learningRateOf(model.optimizer);
  let { best } = resumed;
  let standing = { random: resumed.random, tensors: { ...resumed.tensors, ...average?.capture() } };
  let end: TrainingEnd = { stopped: true };
  try {
    while (results.length < settings.epochs && !stop.requested) {
      const epoch = results.length + 1;
      const ended = await runLastingEpoch({ model, examples, ...settings, average, epoch }, standing);
      if (!ended) break;
      standing = ended;
      const { result, random, tensors } = ended;
      results.push(result);
      best = betterEpoch(best, result, tensors);
      const notes = { random: random.state(), results };
      if (folder) await writeCheckpoint(checkpointFile(folder, epoch), { tensors, notes });
      settings.onEpoch(result);
    }
    end = results.length < settings.epochs ? keepBest(model, best, { ...settings, average }) : { stopped: false };
    average?.apply();
  } finally {
    setLearningRate(model.optimizer, ownRate);
    await rememberStart(model, start).finally(() => settings.done(end));
  }
  return toHistory(results, { reusedEpochs, ...end });
}

/** Leaves a stopped training with the weights of its best epoch, if there is one. */
function keepBest(
  model: tf.LayersModel,
  best: BestEpoch | undefined,
  { log, average }: { log: (line: string) => void; average?: WeightAverage },
): TrainingEnd {
  if (best) restoreState(model, best.tensors);
  if (best) average?.restore(best.tensors);
  const kept = best
    ? `those of epoch ${best.epoch}, the best by validation loss (${best.valLoss.toFixed(4)})`
    : "those of the last step";
  log(`Training was stopped; the weights kept are ${kept}.`);
  return { stopped: true, keptEpoch: best?.epoch };
}

/** What a checkpoint notes beside the numbers. */
interface Notes {
  /** The state of the generator that orders the examples. */
  random: number[];
  results: EpochResult[];
}

type Settings = ReturnType<typeof withDefaults>;

function withDefaults(model: tf.LayersModel, examples: Examples<Pixels>, options: TrainOptions) {
  const { epochs = 10, batchSize = 32, seed = 42, validation, checkpoints, fresh = false, signal } = options;
  const { augment, schedule, average } = options;
  const { onBatch = () => {}, onEpoch = () => {}, done = () => {}, log = console.log } = options;
  const { onWait = log } = options;
  if (!model.optimizer) throw new TypeError("train(): the model is not compiled; call compile(model) first");
  checkExamples(examples, "train()");
  if (validation) checkExamples(validation, "train(), validation");
  if (augment) checkAugmentation(augment, "train()");
  if (schedule) checkSchedule(schedule, "train()");
  if (average !== undefined && !(average >= 0 && average < 1))
    throw new RangeError(`train(): average is ${average}; it must be from 0 to below 1, say 0.999`);
  for (const [name, value] of Object.entries({ epochs, batchSize }))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`train(): ${name} is ${value}; it must be a whole number from 1`);
  const learning = { epochs, batchSize, seed, augment, schedule, average };
  return { ...learning, validation, checkpoints, fresh, signal, onBatch, onEpoch, done, log, onWait };
}

/** Puts the model where the furthest usable checkpoint of this training left it, or else at the start. */
async function resume(model: tf.LayersModel, folder: string | null, start: Tensors, settings: Settings) {
  const { epochs, seed, log, onEpoch } = settings;
  const averageOf = async (tensors?: Tensors) => {
    const average = settings.average === undefined ? undefined : await averageWeights(model, settings.average);
    if (tensors) average?.restore(tensors);
    return average;
  };
  for (let epoch = epochs; folder && epoch > 0; epoch--) {
    const checkpoint = await readCheckpoint(checkpointFile(folder, epoch));
    if (!checkpoint) continue;
    const { random, results: kept } = checkpoint.notes as unknown as Notes;
    const results = kept.map((result) => ({ ...result, epochs }));
    restoreState(model, checkpoint.tensors);
    const what = epoch === 1 ? "Epoch 1 was" : `Epochs 1 to ${epoch} were`;
    log(`${what} trained before and taken from ${shownPath(folder)} (train with fresh: true to do it again).`);
    results.forEach((result) => onEpoch({ ...result, reused: true }));
    const average = await averageOf(checkpoint.tensors);
    const best = await bestOf(results, folder);
    return { random: seededRandom(seed, random), results, average, best, tensors: checkpoint.tensors };
  }
  restoreState(model, start);
  const results: EpochResult[] = [];
  return { random: seededRandom(seed), results, average: await averageOf(), best: undefined, tensors: start };
}

/** The best of the epochs that are known, where its checkpoint is still there. */
async function bestOf(results: EpochResult[], folder: string): Promise<BestEpoch | undefined> {
  const none: Tensors = {};
  const best = results.reduce<BestEpoch | undefined>((so, result) => betterEpoch(so, result, none), undefined);
  const checkpoint = best && (await readCheckpoint(checkpointFile(folder, best.epoch)));
  return checkpoint ? { ...best, tensors: checkpoint.tensors } : undefined;
}

function toHistory(results: EpochResult[], rest: TrainingEnd & { reusedEpochs: number }): History {
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
