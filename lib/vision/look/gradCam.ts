import * as tf from "@tensorflow/tfjs";
import { countImages, setPixels, type Pixels } from "../examples";
import { layersAfter } from "./layersAfter";
import { receptiveField, type ReceptiveField } from "./receptiveField";

/** Options of `gradCam`. */
export interface GradCamOptions {
  /** The convolution whose feature maps are weighed. */
  layer: string;
  /** For which class each picture is asked; default the most probable one. [count] */
  classes?: ArrayLike<number>;
  /**
   * Whether a feature map counts with one weight, the mean of its gradient. Default true. Without it each place counts with
   * its own gradient: HiResCAM (Draelos and Carin, 2020), which is exact where only a flattening and a dense layer follow.
   */
  average?: boolean;
}

const EDGE = 28;

/**
 * Grad-CAM (Selvaraju et al., 2017): where in a picture the features lie that raise the score of a class. Each feature
 * map counts with the mean of the score's gradient over its places; their sum, with what is negative cut off, is laid
 * over the picture where the layer's places lie. The score is that before the softmax.
 *
 * @param model - a classifier whose layers behind `layer` are a chain that ends in a dense layer
 * @param images - pixels 0 … 1, [count, 28, 28, 1]; all are taken at once, so give some dozens
 * @returns [count, 28, 28], 0 … 1, the largest of each picture being 1; only zeros where no feature speaks for the class
 * @throws RangeError for a layer or a class that is not there; TypeError for a layer without feature maps, layers that
 *   are no chain, or a list of classes of another length
 */
export function gradCam(model: tf.LayersModel, images: Pixels, options: GradCamOptions): Float32Array {
  const { layer, classes, average = true } = options;
  const count = countImages(images);
  const tail = layersAfter(model, layer, "gradCam()");
  const head = tail.pop();
  if (head?.getClassName() !== "Dense" || model.getLayer(layer).outputShape.length !== 4)
    throw new TypeError(
      `gradCam(): the layer must have feature maps [height, width, channels] and the model must end in a dense layer; "${layer}" and "${head?.name}" are not such`,
    );
  checkClasses(classes, count, model.outputShape[1] as number);
  let places: Float32Array;
  tf.tidy(() => {
    const pixels = new Float32Array(images.length);
    setPixels(pixels, images);
    const input = tf.tensor4d(pixels, [count, EDGE, EDGE, 1]);
    const maps = tf
      .model({ inputs: model.inputs, outputs: model.getLayer(layer).output })
      .predict(input) as tf.Tensor4D;
    const scores = (x: tf.Tensor) => scoresOf(x, tail, head);
    const asked = classes ? tf.tensor1d(Array.from(classes), "int32") : tf.argMax(scores(maps), 1);
    const chosen = tf.oneHot(asked, model.outputShape[1] as number);
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(scores(x), chosen)))(maps);
    const weights = average ? tf.mean(gradient, [1, 2], true) : gradient;
    places = tf.relu(tf.sum(tf.mul(maps, weights), 3)).dataSync() as Float32Array;
  });
  return spread(places!, count, receptiveField(model, layer));
}

/** What the classifier says before its softmax, [count, classes], of feature maps. */
function scoresOf(maps: tf.Tensor, tail: tf.layers.Layer[], head: tf.layers.Layer): tf.Tensor {
  const features = tail.reduce((x, layer) => layer.apply(x) as tf.Tensor, maps);
  const [kernel, bias] = head.getWeights();
  const products = tf.matMul(features as tf.Tensor2D, kernel as tf.Tensor2D);
  return bias ? tf.add(products, bias) : products;
}

/** From the places of a layer to pixels, by linear interpolation between their middles; each picture's largest is 1. */
function spread(places: Float32Array, count: number, { start, step }: ReceptiveField): Float32Array {
  const side = Math.sqrt(places.length / count);
  const heat = new Float32Array(count * EDGE * EDGE);
  for (let image = 0; image < count; image++) {
    const own = places.subarray(image * side * side, (image + 1) * side * side);
    const most = own.reduce((largest, value) => Math.max(largest, value), 0) || 1;
    for (let pixel = 0; pixel < EDGE * EDGE; pixel++) {
      const [row, column] = [Math.floor(pixel / EDGE), pixel % EDGE].map((at) =>
        clamped((at - start) / step, side - 1),
      );
      heat[image * EDGE * EDGE + pixel] = between(own, side, [row, column]) / most;
    }
  }
  return heat;
}

function clamped(at: number, most: number): number {
  return Math.min(Math.max(at, 0), most);
}

function between(values: Float32Array, side: number, [row, column]: number[]): number {
  const [top, left] = [Math.floor(row), Math.floor(column)];
  const [down, right] = [Math.min(top + 1, side - 1), Math.min(left + 1, side - 1)];
  const mix = (a: number, b: number, share: number) => a + (b - a) * share;
  const upper = mix(values[top * side + left], values[top * side + right], column - left);
  const lower = mix(values[down * side + left], values[down * side + right], column - left);
  return mix(upper, lower, row - top);
}

function checkClasses(classes: ArrayLike<number> | undefined, count: number, most: number): void {
  if (!classes) return;
  if (classes.length !== count)
    throw new TypeError(`gradCam(): ${classes.length} classes for ${count} images; give one for each`);
  const wrong = Array.from(classes).find((label) => !(label >= 0 && label < most));
  if (wrong !== undefined)
    throw new RangeError(`gradCam(): there is no class ${wrong}; the classes are 0 to ${most - 1}`);
}
