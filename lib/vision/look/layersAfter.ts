import type * as tf from "@tensorflow/tfjs";

/**
 * The layers of a model behind the one that is named, in order.
 *
 * @throws RangeError for a name that no layer has; TypeError when the layers behind it are no chain, in which each takes
 *   what the one before gives
 * @internal
 */
export function layersAfter(model: tf.LayersModel, name: string, call: string): tf.layers.Layer[] {
  const names = model.layers.map((layer) => layer.name);
  const at = names.indexOf(name);
  if (at < 0) throw new RangeError(`${call}: there is no layer "${name}"; the layers are ${names.join(", ")}`);
  const after = model.layers.slice(at + 1);
  const broken = after.find((layer, index) => layer.input !== model.layers[at + index].output);
  if (broken)
    throw new TypeError(
      `${call}: "${broken.name}" takes more than the layer before it gives, so the layers behind "${name}" are no chain; name a later layer`,
    );
  return after;
}
