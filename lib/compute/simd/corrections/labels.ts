import * as tf from "@tensorflow/tfjs";
import { correctMethod } from "./correctMethod";
import { isTensor, mapTensors, type InnerModel, type Named, type Score, type Tensors } from "./innerModel";

/** The losses and metrics that TensorFlow.js hands out as functions; the types of labels are theirs to mind. */
const handedOut = new Set<unknown>(Object.values(tf.metrics));

/**
 * Has a model take labels as Keras does: sparse ones with one axis less than the predictions, for a sequence too, and
 * sparse ones where the loss is a function of the program's own (TensorFlow.js refuses both).
 */
export function correctLabels(): void {
  correctMethod(tf.LayersModel, "standardizeUserDataXY", (original) => {
    return function (this: InnerModel, x: Tensors, y: Tensors, ...rest: unknown[]) {
      if (!this.optimizer_ || y === null || y === undefined) return original.call(this, x, y, ...rest);
      const shapes = this.feedOutputShapes;
      const added: tf.Tensor[] = [];
      const labels = mapTensors(y, this.outputNames, (tensor, at) => {
        const whole = withLastAxis(this, tensor, at);
        if (whole !== tensor) added.push(whole);
        return whole;
      });
      this.feedOutputShapes = shapes.map((shape, at) => (takesSparse(this, labels, at) ? null : shape));
      try {
        return original.call(this, x, labels, ...rest);
      } catch (error) {
        tf.dispose(added);
        throw error;
      } finally {
        this.feedOutputShapes = shapes;
      }
    };
  });
}

/** What `compile` was given as the loss of an output. */
export function lossNamed({ loss, outputNames }: InnerModel, output: number): Named | undefined {
  if (typeof loss === "string" || typeof loss === "function") return loss;
  return Array.isArray(loss) ? loss[output] : loss[outputNames[output]];
}

/** Whether TensorFlow.js makes the loss or metric, and not the program. */
export function isOwn(named: Named | undefined): boolean {
  return typeof named === "string" || handedOut.has(named);
}

/** Whether the labels of an output are the numbers of classes. */
export function isSparse(model: InnerModel, output: number): boolean {
  return lossNamed(model, output) === "sparseCategoricalCrossentropy";
}

/** Whether labels have the form of numbers of classes, beside predictions of several classes. */
export function looksSparse(labels: tf.Shape, predictions: tf.Shape): boolean {
  const [last, classes] = [labels.at(-1), predictions.at(-1) as number];
  return (
    classes > 1 && (labels.length === predictions.length - 1 || (labels.length === predictions.length && last === 1))
  );
}

/**
 * Labels as TensorFlow.js' own losses and metrics need them: float32, with as many axes as the predictions where that is
 * a matter of a last axis of one, and -1 and 1 where a hinge is given 0 and 1. Numbers of classes keep their axes.
 */
export function comparable(labels: tf.Tensor, predictions: tf.Tensor, loss?: Named): tf.Tensor {
  const floats = labels.dtype === "float32" ? labels : tf.cast(labels, "float32");
  const signs = loss === "hinge" || loss === "squaredHinge" ? signsOf(floats) : floats;
  if (labels.rank === predictions.rank - 1 && predictions.shape.at(-1) === 1) return tf.expandDims(signs, -1);
  if (labels.rank === predictions.rank + 1 && labels.shape.at(-1) === 1) return tf.squeeze(signs, [labels.rank - 1]);
  return signs;
}

/** -1 and 1 for 0 and 1, if all are that; as they are else. */
function signsOf(labels: tf.Tensor): tf.Tensor {
  const isBinary = tf.all(tf.logicalOr(tf.equal(labels, 0), tf.equal(labels, 1)));
  return tf.where(isBinary, tf.sub(tf.mul(labels, 2), 1), labels);
}

/** A metric's function; `accuracy` beside numbers of classes compares these, whatever the loss is. */
export function metricOf(model: InnerModel, place: number, labels: tf.Tensor, predictions: tf.Tensor): Score {
  const [metric] = model.metricsTensors[place];
  const isAccuracy = /(^|_)acc$/.test(model.metricsNames[place + 1]) && !isGiven(model, metric);
  if (isAccuracy && looksSparse(labels.shape, predictions.shape)) return tf.metrics.sparseCategoricalAccuracy;
  return metric;
}

/** Whether a metric is a function that the program handed to `compile`, and no function of TensorFlow.js'. */
export function isGiven({ metrics }: InnerModel, metric: Score): boolean {
  if (!metrics || typeof metrics === "string") return false;
  const given = typeof metrics === "object" && !Array.isArray(metrics) ? Object.values(metrics) : [metrics];
  return given.flat().includes(metric) && !handedOut.has(metric);
}

function withLastAxis(model: InnerModel, labels: tf.Tensor, output: number): tf.Tensor {
  const rank = model.outputs[output]?.shape.length;
  const lacks = isTensor(labels) && labels.rank > 1 && labels.rank === rank - 1;
  return lacks && isSparse(model, output) ? tf.expandDims(labels, -1) : labels;
}

/** TensorFlow.js compares the shape of labels with that of predictions; a loss of the program's own may know better. */
function takesSparse(model: InnerModel, y: Tensors, output: number): boolean {
  const labels = isTensor(y) ? y : Array.isArray(y) ? y[output] : y[model.outputNames[output]];
  const shape = model.feedOutputShapes[output];
  return isTensor(labels) && !!shape && !isOwn(lossNamed(model, output)) && looksSparse(labels.shape, shape);
}
