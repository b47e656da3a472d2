import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/compute/useBackend";
import { embedPretrained } from "../../../../lib/vision/pretrained/embedPretrained";
import { example } from "../../example";

example(embedPretrained, async () => {
  await useBackend({ log: () => {} });
  // A network whose only filter adds red, green and blue, as `loadPretrained` would return it.
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ filters: 1, kernelSize: 1, inputShape: [32, 32, 3], kernelInitializer: "ones" }));
  const pretrained = { model, input: { height: 32, width: 32, channels: 3 } };

  const images = new Float32Array(2 * 784).fill(1, 784); // one black, one white
  const { vectors, length } = await embedPretrained(pretrained, images);
  console.log(length, vectors); // 1 Float32Array(2) [ -3, 3 ]
});
