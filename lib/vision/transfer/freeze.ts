import type * as tf from "@tensorflow/tfjs";

/**
 * Has a training leave layers as they are: all from the first up to the one that is named. Compile the model after it,
 * since TensorFlow.js chooses then what is trained.
 *
 * @param layer - name of the last layer that is not trained
 * @returns the model
 * @throws RangeError for a name that no layer has, or that of the last layer: nothing would be left to train
 */
export function freeze<Model extends tf.LayersModel>(model: Model, layer: string): Model {
  const names = model.layers.map(({ name }) => name);
  const last = names.indexOf(layer);
  if (last < 0) throw new RangeError(`freeze(): there is no layer "${layer}"; the layers are ${names.join(", ")}`);
  if (last === names.length - 1)
    throw new RangeError(`freeze(): "${layer}" is the last layer, so nothing is left to train; name an earlier one`);
  model.layers.forEach((each, index) => (each.trainable = index > last));
  return model;
}

/** Has a training change all layers again. Compile the model after it. */
export function unfreeze<Model extends tf.LayersModel>(model: Model): Model {
  for (const layer of model.layers) layer.trainable = true;
  return model;
}
