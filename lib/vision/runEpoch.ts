import * as tf from "@tensorflow/tfjs";
import { layOutTraining } from "../compute/simd/training/trainingStep";
import { permutation, type Random } from "../random";
import { augmentImage, type Augmentation } from "./augment";
import { evaluate } from "./evaluate";
import { IMAGE_SIZE, setPixels, takeExamples, type Examples, type Pixels } from "./examples";
import type { StopRequest } from "../interrupt/listenForStop";
import { rateAt, setLearningRate, type Schedule } from "./schedule";
import type { WeightAverage } from "./weightAverage";

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
  /** Whether it was trained by an earlier run and comes from a checkpoint. */
  reused?: boolean;
  valLoss?: number;
  valAccuracy?: number;
}

/** What an epoch works on. */
export interface EpochPlan {
  model: tf.LayersModel;
  examples: Examples<Pixels>;
  validation?: Examples<Pixels>;
  batchSize: number;
  augment?: Augmentation;
  /** The learning rate over all epochs. */
  schedule?: Schedule;
  /** Takes the weights in after each step, and is what is validated. */
  average?: WeightAverage;
  /** Gives the order of the examples, and what is drawn to change them. */
  random: Random;
  /** Counted from 1. */
  epoch: number;
  epochs: number;
  /** Called after each batch. */
  onBatch: (progress: BatchProgress) => void;
  stop: StopRequest;
}

/** One pass over the examples in a new random order; null when it was stopped on the way. */
export async function runEpoch(plan: EpochPlan): Promise<EpochResult | null> {
  const { step, release } = prepareSteps(plan);
  try {
    return await takeSteps(plan, step);
  } finally {
    release();
  }
}

async function takeSteps(plan: EpochPlan, step: Step): Promise<EpochResult | null> {
  const { examples, batchSize, epoch, epochs, stop } = plan;
  const count = examples.labels.length;
  const order = permutation(plan.random, count);
  const batches = Math.ceil(count / batchSize);
  const started = performance.now();
  const sum = { loss: 0, accuracy: 0 };
  for (let batch = 1; batch <= batches; batch++) {
    const indices = order.subarray((batch - 1) * batchSize, batch * batchSize);
    setRate(plan, { done: (epoch - 1) * batches + batch - 1, steps: epochs * batches });
    const { loss, accuracy } = await step(indices);
    await plan.average?.update();
    if (!Number.isFinite(loss))
      throw new RangeError(`train(): the loss is ${loss} in epoch ${epoch}, batch ${batch}; lower the learning rate`);
    sum.loss += loss * indices.length;
    sum.accuracy += accuracy * indices.length;
    const seen = Math.min(count, batch * batchSize);
    const msPerStep = (performance.now() - started) / batch;
    const means = { loss: sum.loss / seen, accuracy: sum.accuracy / seen, msPerStep };
    const progress = { epoch, epochs, batch, batches, ...means };
    plan.onBatch(progress);
    await new Promise(setImmediate); // lets an interrupt and the progress through
    if (batch === batches) return { ...progress, ...(await score(plan)), seconds: secondsSince(started) };
    if (stop.requested) return null;
  }
  return null;
}

function setRate({ model, schedule }: EpochPlan, { done, steps }: { done: number; steps: number }): void {
  if (schedule) setLearningRate(model.optimizer, rateAt(schedule, done / Math.max(1, steps - 1)));
}

/** One step of the optimizer on the examples of these indices. */
type Step = (indices: Int32Array) => Scores | Promise<Scores>;

/** Means over a batch. */
interface Scores {
  loss: number;
  accuracy: number;
}

/** Steps laid out in advance where backend and model allow it, those of TensorFlow.js elsewhere. */
function prepareSteps({ model, examples, batchSize, augment, random }: EpochPlan): { step: Step; release: () => void } {
  const training = layOutTraining(model, batchSize);
  const change = (pixels: Float32Array) => augment && augmentImage(pixels, augment, random);
  if (!training) return { step: (indices) => stepOfLayers(model, examples, { indices, change }), release: () => {} };
  const step = (indices: Int32Array) =>
    training.run(indices.length, (images, labels) => {
      indices.forEach((index, row) => {
        const image = examples.images.subarray(index * IMAGE_SIZE, (index + 1) * IMAGE_SIZE);
        setPixels(images, image, row * IMAGE_SIZE);
        change(images.subarray(row * IMAGE_SIZE, (row + 1) * IMAGE_SIZE));
        labels[row] = examples.labels[index];
      });
    });
  return { step, release: () => training.release() };
}

async function stepOfLayers(
  model: tf.LayersModel,
  examples: Examples<Pixels>,
  { indices, change }: { indices: Int32Array; change: (pixels: Float32Array) => void },
): Promise<Scores> {
  const { images, labels } = takeExamples(examples, indices);
  const pixels = images.slice();
  for (let at = 0; at < pixels.length; at += IMAGE_SIZE) change(pixels.subarray(at, at + IMAGE_SIZE));
  const x = tf.tensor4d(pixels, [indices.length, 28, 28, 1]);
  const y = tf.tensor2d(Float32Array.from(labels), [indices.length, 1]);
  const [loss, accuracy] = (await model.trainOnBatch(x, y)) as number[];
  tf.dispose([x, y]);
  return { loss, accuracy };
}

async function score({ model, validation, average }: EpochPlan) {
  if (!validation) return {};
  const scored = () => evaluate(model, validation);
  const { loss, accuracy } = await (average ? average.during(scored) : scored());
  return { valLoss: loss, valAccuracy: accuracy };
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
