import type * as tf from "@tensorflow/tfjs";
import { compile } from "./compile";
import { scoreProbabilities } from "./evaluate";
import type { Examples, Pixels } from "./examples";
import { predict } from "./predict";
import { train, type TrainOptions } from "./train";

/** What one training came to, to be compared with others on the same validation examples. */
export interface Trial {
  /** What is new about it. */
  name: string;
  /** Numbers that are learned. */
  parameters: number;
  /** Seconds that the training took, also where it comes from checkpoints. */
  seconds: number;
  /** Share of the validation examples that is right. */
  accuracy: number;
  /** Mean cross-entropy on the validation examples, in nats. */
  loss: number;
  /** Of the validation examples, [count, 10]. */
  probabilities: Float32Array;
  model: tf.LayersModel;
}

/** What a trial trains on and how. */
export interface TrialOptions extends Omit<TrainOptions, "validation"> {
  training: Examples<Pixels>;
  /** Scored once, at the end. */
  validation: Examples<Pixels>;
  /** Adam's learning rate where there is no schedule, default 0.001. */
  learningRate?: number;
}

/**
 * Trains a model with Adam and scores it once on the validation examples.
 *
 * @param name - what is new about it
 * @throws as `train` does
 */
export async function runTrial(
  name: string,
  model: tf.LayersModel,
  { training, validation, learningRate, ...options }: TrialOptions,
): Promise<Trial> {
  const history = await train(compile(model, { learningRate }), training, {
    log: () => {},
    onWait: console.log,
    ...options,
  });
  const probabilities = await predict(model, validation.images);
  const { accuracy, loss } = scoreProbabilities(probabilities, validation.labels);
  const seconds = history.seconds.reduce((total, epoch) => total + epoch, 0);
  return { name, parameters: model.countParams(), seconds, accuracy, loss, probabilities, model };
}

/**
 * A line for a trial: its accuracy, how many percentage points that is more than another's, and what it cost.
 *
 * @param base - the trial to compare with, default none
 */
export function describeTrial({ name, accuracy, parameters, seconds }: Trial, base?: Trial): string {
  const gain = base ? ` (${signed(100 * (accuracy - base.accuracy))} points)` : "";
  const cost = `${parameters.toLocaleString("en")} parameters, ${seconds.toFixed(0)} s`;
  return `${name}: ${(100 * accuracy).toFixed(2)} %${gain}, ${cost}`;
}

function signed(points: number): string {
  return `${points < 0 ? "−" : "+"}${Math.abs(points).toFixed(2)}`;
}
