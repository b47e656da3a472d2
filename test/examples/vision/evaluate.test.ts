import * as tf from "@tensorflow/tfjs";
import { evaluate, scoreProbabilities } from "../../../lib/vision/evaluate";
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

example(scoreProbabilities, () => {
  const probabilities = new Float32Array(2 * 10); // two pictures
  probabilities[3] = 1; // the first is of class 3
  probabilities[10 + 5] = 1; // the second is of class 5
  const { accuracy, recall } = scoreProbabilities(probabilities, Uint8Array.of(3, 7));
  console.log(accuracy, recall[3], recall[7]); // 0.5 1 0
});
