import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { loadPretrained } from "../../../../lib/vision/pretrained/loadPretrained";
import { saveModel } from "../../../../lib/vision/store";
import { example } from "../../example";

example(loadPretrained, async () => {
  // What is in a downloaded folder: model.json and the weights that it names. Here we make one.
  const folder = mkdtempSync(join(tmpdir(), "pretrained-"));
  const convolution = tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [96, 96, 3] });
  await saveModel(tf.sequential({ layers: [convolution] }), folder);

  const { input } = await loadPretrained(folder);
  console.log(input); // { height: 96, width: 96, channels: 3 }
  rmSync(folder, { recursive: true });
});
