import * as tf from "@tensorflow/tfjs";
import { evaluate } from "../../../lib/vision/evaluate";
import { example } from "../example";

example(evaluate, async () => {
  // A model that says class 3 whatever it sees.
  const dense = tf.layers.dense({ units: 10, activation: "softmax" });
  const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [28, 28, 1] }), dense] });
  model.setWeights([tf.zeros([784, 10]), tf.tensor1d([0, 0, 0, 5, 0, 0, 0, 0, 0, 0])]);

  const examples = { images: new Float32Array(4 * 784), labels: Uint8Array.of(3, 3, 3, 7) };
  const { accuracy, confusion, precision, recall } = await evaluate(model, examples);
  console.log(accuracy, precision[3], recall[3], recall[7]); // 0.75 0.75 1 0
  console.log(confusion[7]); // [ 0, 0, 0, 1, 0, 0, 0, 0, 0, 0 ]
});
