import * as tf from "@tensorflow/tfjs";
import { forecastWindows } from "../../../lib/forecast/forecastWindows";
import { example } from "../example";

example(forecastWindows, () => {
  // A forecaster that draws the line through the last two values: -1 times the first plus 2 times the second.
  const weights = [tf.tensor2d([[-1], [2]]), tf.zeros([1])];
  const layers = [tf.layers.flatten({ inputShape: [2, 1] }), tf.layers.dense({ units: 1, weights })];
  const model = tf.sequential({ layers });

  // Three values after each of the windows 1, 2 and 50, 40.
  const windows = Float32Array.of(1, 2, 50, 40);
  console.log(forecastWindows(model, windows, 3)); // Float32Array(6) [ 3, 4, 5, 30, 20, 10 ]
});
