import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/compute/useBackend";
import { gradCam } from "../../../../lib/vision/look/gradCam";
import { example } from "../../example";

example(gradCam, async () => {
  await useBackend({ log: () => {} });
  // A network that calls a picture class 1 for each white spot of 3 x 3 pixels.
  const spots = tf.layers.conv2d({ name: "spots", filters: 1, kernelSize: 3, activation: "relu", inputShape: [28, 28, 1] });
  const model = tf.sequential({ layers: [spots, tf.layers.globalAveragePooling2d({}), tf.layers.dense({ units: 2 })] });
  model.setWeights([tf.ones([3, 3, 1, 1]), tf.tensor1d([-8]), tf.tensor2d([[-1, 1]]), tf.zeros([2])]);

  const image = new Float32Array(784);
  for (const row of [9, 10, 11]) image.fill(1, row * 28 + 19, row * 28 + 22);
  const heat = gradCam(model, image, { layer: "spots", classes: [1] });
  const hottest = heat.indexOf(1);
  console.log(`row ${Math.floor(hottest / 28)}, column ${hottest % 28}`); // row 10, column 20
}); // prettier-ignore
