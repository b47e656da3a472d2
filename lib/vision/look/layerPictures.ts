import * as tf from "@tensorflow/tfjs";
import { countImages, type Pixels } from "../examples";

/** Pictures of one size, one for each filter or feature of a layer. */
export interface LayerPictures {
  /** [count, height, width] */
  values: Float32Array;
  count: number;
  height: number;
  width: number;
}

/**
 * The filters of a convolution as pictures: its weights, positive and negative.
 *
 * @param layer - name of the convolution
 * @param options - settings by name
 * @param options.channel - which channel of its input they are laid on; default 0, the only one of grey pictures
 * @throws TypeError for a layer that is no convolution, RangeError for a channel that is not there
 */
export function filtersOf(model: tf.LayersModel, layer: string, { channel = 0 } = {}): LayerPictures {
  const [kernel] = model.getLayer(layer).getWeights();
  if (kernel?.rank !== 4)
    throw new TypeError(`filtersOf(): "${layer}" has no filters; name a convolution over pictures`);
  const [height, width, channels, count] = kernel.shape as [number, number, number, number];
  if (!(channel >= 0 && channel < channels))
    throw new RangeError(`filtersOf(): there is no channel ${channel}; the channels are 0 to ${channels - 1}`);
  const weights = kernel.dataSync();
  const values = Float32Array.from({ length: count * height * width }, (_, at) => {
    const [filter, place] = [Math.floor(at / (height * width)), at % (height * width)];
    return weights[(place * channels + channel) * count + filter];
  });
  return { values, count, height, width };
}

/**
 * What a layer makes of one picture: its feature maps.
 *
 * @param image - pixels 0 … 1, [28, 28, 1]
 * @param layer - name of a convolution or pooling
 * @throws TypeError for more or less than one picture, or a layer that has no maps
 */
export function featureMaps(model: tf.LayersModel, image: Pixels, layer: string): LayerPictures {
  const { output } = model.getLayer(layer);
  const shape = (output as tf.SymbolicTensor).shape;
  if (countImages(image) !== 1 || shape.length !== 4)
    throw new TypeError(
      `featureMaps(): ${countImages(image)} images and layer "${layer}" of shape [${shape.slice(1)}]; give one image and a layer with height, width and channels`,
    );
  const [height, width, count] = shape.slice(1) as [number, number, number];
  let values: Float32Array;
  tf.tidy(() => {
    const maps = tf
      .model({ inputs: model.inputs, outputs: output })
      .predict(tf.tensor4d(image.slice(), [1, 28, 28, 1]));
    values = tf
      .transpose(maps as tf.Tensor4D, [0, 3, 1, 2])
      .dataSync()
      .slice() as Float32Array;
  });
  return { values: values!, count, height, width };
}
