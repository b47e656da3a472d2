import * as tf from "@tensorflow/tfjs";
import { forecastAhead } from "../../../lib/forecast/forecastAhead";
import { example } from "../example";

example(forecastAhead, () => {
  // A forecaster that draws the line through the last two values: -1 times the first plus 2 times the second.
  const weights = [tf.tensor2d([[-1], [2]]), tf.zeros([1])];
  const layers = [tf.layers.flatten({ inputShape: [2, 1] }), tf.layers.dense({ units: 1, weights })];
  const model = tf.sequential({ layers });
  console.log(forecastAhead(model, [9, 8, 10, 12], 3)); // Float32Array(3) [ 14, 16, 18 ]
});
