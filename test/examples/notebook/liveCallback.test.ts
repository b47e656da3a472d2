import * as tf from "@tensorflow/tfjs";
import { liveCallback } from "../../../lib/notebook/liveCallback";
import { example } from "../example";

example(liveCallback, async () => {
  // y is twice x, and each step halves the distance of the weight from 2.
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: "zeros" }));
  model.compile({ loss: "meanSquaredError", optimizer: tf.train.sgd(0.25) });
  const lines: string[] = [];
  const callbacks = liveCallback({ now: () => 0, log: (line) => lines.push(line) });
  await model.fit(tf.tensor2d([[-1], [1]]), tf.tensor2d([[-2], [2]]), { epochs: 3, callbacks });
  console.log(lines[0]); // Epoch 1/3  1/1 - 0s - 0s/step - loss: 4.0000
  console.log(lines[2]); // Epoch 3/3  1/1 - 0s - 0s/step - loss: 0.2500
});
