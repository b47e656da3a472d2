import * as tf from "@tensorflow/tfjs";
import { liveTraining } from "../../../lib/notebook/liveTraining";
import { compile } from "../../../lib/vision/compile";
import { train } from "../../../lib/vision/train";
import { example } from "../example";

example(liveTraining, async () => {
  // Four pictures, two of them empty and two of them full.
  const images = Float32Array.from({ length: 4 * 784 }, (_, pixel) => Math.floor(pixel / 784) % 2);
  const examples = { images, labels: Uint8Array.of(0, 1, 0, 1) };
  const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [28, 28, 1] })] });
  model.add(tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: "zeros" }));
  const lines: string[] = [];
  const live = liveTraining({ label: "Empty or full", log: (line) => lines.push(line) });
  await train(compile(model), examples, { epochs: 2, batchSize: 2, checkpoints: false, ...live });
  console.log(lines.map((line) => line.slice(0, 14))); // [ 'Epoch 1/2  2/2', 'Epoch 2/2  2/2' ]
});
