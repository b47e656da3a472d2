import * as tf from "@tensorflow/tfjs";
import { slidingWindows } from "../../../lib/data/windows";
import { predictRows } from "../../../lib/forecast/predictRows";
import { example } from "../example";

example(predictRows, () => {
  // A forecaster that expects the mean of the last two values.
  const weights = [tf.tensor2d([[0.5], [0.5]]), tf.zeros([1])];
  const layers = [tf.layers.flatten({ inputShape: [2, 1] }), tf.layers.dense({ units: 1, weights })];
  const model = tf.sequential({ layers });

  const { inputs, targets } = slidingWindows([1, 3, 5, 7, 9], 1, { steps: 2 });
  console.log(predictRows(model, inputs)); // Float32Array(3) [ 2, 4, 6 ]
  console.log(targets); // Float32Array(3) [ 5, 7, 9 ]
});
