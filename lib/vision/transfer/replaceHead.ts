import * as tf from "@tensorflow/tfjs";

/** Options of `replaceHead`. */
export interface HeadOptions {
  /** Seeds the weights of the new head. Default 42. */
  seed?: number;
}

/**
 * A copy of a classifier whose last layer is a new one: a dense layer with softmax, called `head`, for other classes.
 * All other weights are copied, so that the original stays as it is, however the copy is trained. The copy is not
 * compiled.
 *
 * @param model - a classifier that ends in a layer with one row of numbers for each picture
 * @param classes - outputs of the new head, 2 or more
 * @throws TypeError for a model that has no layer before the last one, or whose layer before it gives no single row;
 *   RangeError for a number of classes below 2
 */
export async function replaceHead(
  model: tf.LayersModel,
  classes: number,
  { seed = 42 }: HeadOptions = {},
): Promise<tf.LayersModel> {
  if (!Number.isInteger(classes) || classes < 2)
    throw new RangeError(`replaceHead(): ${classes} classes; give a whole number from 2`);
  const copy = await copyModel(model);
  const body = outputBeforeLast(copy);
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  const head = tf.layers.dense({ units: classes, activation: "softmax", name: "head", kernelInitializer });
  return tf.model({ name: model.name, inputs: copy.inputs, outputs: head.apply(body) as tf.SymbolicTensor });
}

/**
 * The same architecture with the same weights, not compiled.
 *
 * @internal
 */
export async function copyModel(model: tf.LayersModel): Promise<tf.LayersModel> {
  const modelTopology = model.toJSON(null, false) as Parameters<typeof tf.models.modelFromJSON>[0];
  const copy = await tf.models.modelFromJSON(modelTopology);
  copy.setWeights(model.getWeights());
  return copy;
}

function outputBeforeLast(model: tf.LayersModel): tf.SymbolicTensor {
  const last = model.layers[model.layers.length - 1];
  const before = last.input as tf.SymbolicTensor;
  if (before?.rank !== 2 || before.sourceLayer.getClassName() === "InputLayer")
    throw new TypeError(
      `replaceHead(): the last layer, ${last.name}, does not take a row of numbers from another layer; give a classifier with a layer before its output`,
    );
  return before;
}
