import type * as tf from "@tensorflow/tfjs";
import { countConfusion } from "../../data/countConfusion";
import { seededRandom } from "../../random";
import { compile } from "../compile";
import type { Examples, Pixels } from "../examples";
import { predict, toClasses } from "../predict";
import { train } from "../train";
import { freeze, unfreeze } from "./freeze";
import { copyModel, replaceHead } from "./replaceHead";
import { takePerClass } from "./selectClasses";

/** What is learned from few labels, and from where. */
export interface FewShotTask {
  /** A classifier trained on other classes. */
  pretrained: tf.LayersModel;
  /** Its last layer that is kept as it is, up to the head; default `embedding`. */
  layer?: string;
  /** Makes the same classifier with new weights. */
  build: (options: { seed: number }) => tf.LayersModel;
  /** Examples of the new classes to draw from, labels from 0. */
  pool: Examples<Pixels>;
  /** Examples of the same classes to be scored on. */
  exam: Examples<Pixels>;
}

/** How much is learned. */
export interface FewShotOptions {
  /** Labelled examples of each class. */
  labels: number;
  /** Seeds the draw of the examples, the new weights and the order of training. Default 42. */
  seed?: number;
  /** Steps of each training, default 150. */
  steps?: number;
}

/** Accuracy on the exam, 0 to 1, by how the network was trained. */
export interface FewShotScores {
  /** Only a new head is trained. */
  frozen: number;
  /** The new head is trained, then all layers in smaller steps (Kumar et al., 2022). */
  "fine-tuned": number;
  /** All weights start anew. */
  "from scratch": number;
}

const BATCH = 32;
/** Adam's step size for a head alone, for all layers of a trained network, and for a network that starts anew. */
const RATES = { head: 0.01, tuning: 0.0005, scratch: 0.001 };

/**
 * Trains a classifier of new classes on a few labelled examples in three ways and scores each. All of them get the same
 * examples and the same number of steps; fine-tuning goes on from the trained head and gets as many again.
 *
 * @throws RangeError when a class has too few examples
 */
export async function fewShot(task: FewShotTask, options: FewShotOptions): Promise<FewShotScores> {
  const { pretrained, layer = "embedding", build, pool, exam } = task;
  const { labels, seed = 42, steps = 150 } = options;
  const few = takePerClass(pool, labels, seededRandom(seed));
  const classes = new Set(few.labels).size;
  const learn = (model: tf.LayersModel, learningRate: number) =>
    trainSteps(compile(model, { learningRate }), few, { seed, steps });
  const head = await replaceHead(pretrained, classes, { seed });
  const frozen = await learn(freeze(head, layer), RATES.head);
  const tuned = await learn(unfreeze(await copyModel(frozen)), RATES.tuning);
  const scratch = await learn(await replaceHead(build({ seed }), classes, { seed }), RATES.scratch);
  const scores = {
    frozen: await accuracyOf(frozen, exam),
    "fine-tuned": await accuracyOf(tuned, exam),
    "from scratch": await accuracyOf(scratch, exam),
  };
  for (const model of [frozen, tuned, scratch]) model.dispose();
  return scores;
}

async function trainSteps<Model extends tf.LayersModel>(
  model: Model,
  examples: Examples<Pixels>,
  { seed, steps }: { seed: number; steps: number },
): Promise<Model> {
  const batchSize = Math.min(BATCH, examples.labels.length);
  const epochs = Math.ceil(steps / Math.ceil(examples.labels.length / batchSize));
  await train(model, examples, { epochs, batchSize, seed, checkpoints: false });
  return model;
}

/** Share of examples whose most probable class is theirs. */
async function accuracyOf(model: tf.LayersModel, { images, labels }: Examples<Pixels>): Promise<number> {
  const classes = model.outputShape[1] as number;
  return countConfusion(labels, toClasses(await predict(model, images), classes), classes).accuracy;
}
