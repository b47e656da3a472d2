import { countConfusion } from "../data/countConfusion";
import * as tf from "@tensorflow/tfjs";
import { checkExamples, type Examples, type Pixels } from "./examples";
import { predict, toClasses, type PredictOptions } from "./predict";

/** How well a classifier does on examples. */
export interface Evaluation {
  /** Mean cross-entropy, in nats. */
  loss: number;
  /** Share of examples whose most probable class is the right one. */
  accuracy: number;
  /** Counts: a row for each true class, a column for each predicted one. */
  confusion: number[][];
  /** For each class the share of its examples that were found; NaN for a class without examples. */
  recall: number[];
  /** For each class the share of predictions of it that were right; NaN for a class never predicted. */
  precision: number[];
  /** Probabilities [count, 10], for a closer look. */
  probabilities: Float32Array;
}

const CLASSES = 10;

/**
 * Keras' floor for a probability, so that its logarithm stays finite.
 *
 * @internal
 */
export const SMALLEST_PROBABILITY = 1e-7;

/** Scores a classifier on examples it has not learned from. */
export async function evaluate(
  model: tf.LayersModel,
  examples: Examples<Pixels>,
  options: PredictOptions = {},
): Promise<Evaluation> {
  checkExamples(examples, "evaluate()");
  return scoreProbabilities(await predict(model, examples.images, options), examples.labels);
}

/**
 * Scores probabilities, for example the mean of several models.
 *
 * @param probabilities - [count, 10]
 * @param labels - the true classes, 0 … 9: [count]
 * @throws TypeError when there is not one row for each label
 */
export function scoreProbabilities(probabilities: Float32Array, labels: Uint8Array): Evaluation {
  if (probabilities.length !== labels.length * CLASSES)
    throw new TypeError(
      `scoreProbabilities(): ${probabilities.length} probabilities came with ${labels.length} labels; there must be ` +
        `${CLASSES} for each`,
    );
  const { matrix: confusion, accuracy } = countConfusion(labels, toClasses(probabilities), CLASSES);
  const diagonal = confusion.map((row, label) => row[label]);
  return {
    loss: meanCrossEntropy(probabilities, labels),
    accuracy,
    confusion,
    recall: diagonal.map((right, label) => right / sum(confusion[label])),
    precision: diagonal.map((right, label) => right / sum(confusion.map((row) => row[label]))),
    probabilities,
  };
}

function meanCrossEntropy(probabilities: Float32Array, labels: Uint8Array): number {
  let total = 0;
  labels.forEach(
    (label, row) => (total -= Math.log(Math.max(probabilities[row * CLASSES + label], SMALLEST_PROBABILITY))),
  );
  return total / labels.length;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
