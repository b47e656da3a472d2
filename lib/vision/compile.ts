import * as tf from "@tensorflow/tfjs";

/**
 * Fixes how a classifier learns: Adam (Kingma and Ba, 2015) with its usual settings, sparse categorical cross-entropy
 * as the loss, accuracy as the metric.
 *
 * @param options - settings by name
 * @param options.learningRate - Adam's step size, default 0.001
 */
export function compile<Model extends tf.LayersModel>(model: Model, { learningRate = 0.001 } = {}): Model {
  if (!(learningRate > 0)) throw new RangeError(`compile(): learning rate ${learningRate} must be above 0, say 0.001`);
  model.compile({
    optimizer: tf.train.adam(learningRate),
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
  });
  return model;
}
