import * as tf from "@tensorflow/tfjs";
import { correctMethod } from "./correctMethod";
import type { InnerModel } from "./innerModel";
import { holdToConstraints } from "./constraints";
import { callForLogits, crossentropy } from "./crossentropy";
import { comparable, isGiven, isOwn, lossNamed, metricOf } from "./labels";
import { maskOf } from "./masks";
import { withActivityLosses } from "./regularizers";
import { attachedWeights } from "./sampleWeight";

/** What a model is given for one step. */
interface Batch {
  inputs: tf.Tensor[];
  labels: tf.Tensor[];
  /** Of each output; null where its samples weigh the same. */
  weights: (tf.Tensor | null)[];
}

/** What a model gives for a step. */
interface Answer {
  outputs: tf.Tensor[];
  /** Of each output whose loss follows from them; null elsewhere. */
  logits: (tf.Tensor | null)[];
  /** What regularizers of activities add to the loss. */
  activities: tf.Scalar[];
}

/**
 * Has a training step and an evaluation reckon as Keras': labels of any type, weights of samples or of the steps of a
 * sequence, masked steps left out of losses and metrics, losses of several outputs of different shapes, crossentropies of
 * the logits, weights held to their constraints. An evaluation counts what regularizers add, and gives the losses of
 * several outputs in the order of their names (TensorFlow.js gives sums under wrong names).
 */
export function correctTrainFunctions(): void {
  correctMethod(tf.LayersModel, "makeTrainFunction", () => {
    return function (this: InnerModel) {
      return (data: (tf.Tensor | null)[]) => train(this, batchOf(this, data));
    };
  });
  correctMethod(tf.LayersModel, "makeTestFunction", () => {
    return function (this: InnerModel) {
      this.testFunction = (data) => tf.tidy(() => test(this, batchOf(this, data)));
    };
  });
}

function train(model: InnerModel, batch: Batch): tf.Scalar[] {
  const scores: tf.Scalar[] = [];
  const cost = () => {
    const answer = answerOf(model, batch.inputs, true);
    const losses = lossesOf(model, batch, answer);
    for (const score of scoresOf(model, batch, { ...answer, losses })) scores.push(tf.keep(score));
    return totalOf(model, [...losses, ...answer.activities]);
  };
  const variables = model.collectedTrainableWeights.map((weight) => weight.read());
  const total = model.optimizer_.minimize(cost, true, variables) as tf.Scalar;
  holdToConstraints(model.collectedTrainableWeights);
  return [total, ...scores];
}

function test(model: InnerModel, batch: Batch): tf.Scalar[] {
  const answer = answerOf(model, batch.inputs, false);
  const losses = lossesOf(model, batch, answer);
  return [totalOf(model, [...losses, ...answer.activities]), ...scoresOf(model, batch, { ...answer, losses })];
}

function answerOf(model: InnerModel, inputs: tf.Tensor[], training: boolean): Answer {
  let activities: tf.Scalar[] = [];
  const { outputs, logits } = callForLogits(model, () => {
    const found = withActivityLosses(() => model.call(inputs, { training }));
    activities = found.activities;
    return found.outputs;
  });
  return { outputs, logits, activities };
}

/** TensorFlow.js hands over inputs, labels and weights as one list. */
function batchOf({ inputs, outputs }: InnerModel, data: (tf.Tensor | null)[]): Batch {
  const labels = data.slice(inputs.length, inputs.length + outputs.length) as tf.Tensor[];
  const weights = data.slice(inputs.length + outputs.length);
  return {
    inputs: data.slice(0, inputs.length) as tf.Tensor[],
    labels,
    weights: labels.map((label, at) => weights[at] ?? attachedWeights.get(label) ?? null),
  };
}

/** The mean loss of each output. */
function lossesOf(model: InnerModel, { labels, weights }: Batch, { outputs, logits }: Answer): tf.Scalar[] {
  return model.lossFunctions.map((loss, at) => {
    const [output, raw] = [outputs[at], logits[at]];
    const wanted = isOwn(lossNamed(model, at)) ? comparable(labels[at], output, lossNamed(model, at)) : labels[at];
    const each = raw ? crossentropy(model, at, [wanted, raw]) : loss(wanted, output);
    return tf.mean(weighted(weighted(each, weights[at]), shares(raw ?? output)));
  });
}

/** Losses of samples, [n, …], times their weights, [n] or any of the losses' first axes. */
function weighted(losses: tf.Tensor, weights: tf.Tensor | null): tf.Tensor {
  if (!weights) return losses;
  const spare = weights.rank > losses.rank && weights.shape.at(-1) === 1;
  const shape = spare ? weights.shape.slice(0, -1) : weights.shape;
  const missing = Math.max(0, losses.rank - shape.length);
  return tf.mul(losses, tf.reshape(weights, [...shape, ...Array.from({ length: missing }, () => 1)]));
}

/** Weights by which the mean over all steps is that over those which are not masked; null without a mask. */
function shares(output: tf.Tensor): tf.Tensor | null {
  const mask = maskOf(output);
  if (!mask) return null;
  const counted = tf.cast(mask, "float32");
  return tf.divNoNan(counted, tf.mean(counted));
}

function scoresOf(
  model: InnerModel,
  { labels }: Batch,
  { outputs, logits, losses }: Answer & { losses: tf.Scalar[] },
): tf.Scalar[] {
  return model.metricsTensors.map(([given, at], place) => {
    if (outputs.length > 1 && place < outputs.length) return losses[place];
    const wanted = isGiven(model, given) ? labels[at] : comparable(labels[at], outputs[at]);
    const each = metricOf(model, place, wanted, outputs[at])(wanted, outputs[at]);
    return tf.mean(each.rank > 0 ? weighted(each, shares(logits[at] ?? outputs[at])) : each);
  });
}

function totalOf(model: InnerModel, losses: tf.Scalar[]): tf.Scalar {
  return [...losses, ...model.calculateLosses()].reduce((sum, loss) => tf.add(sum, loss));
}
