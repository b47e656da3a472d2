import { useBackend } from "../../../lib/compute/useBackend";
import { buildSixLayerCnn } from "../../../lib/vision/cnn";
import { compile } from "../../../lib/vision/compile";
import { train } from "../../../lib/vision/train";
import { example } from "../example";

example(train, async () => {
  await useBackend({ log: () => {} });
  // Pictures of class 0 are white at the top, those of class 1 at the bottom.
  const labels = Uint8Array.from({ length: 20 }, (_, i) => i % 2);
  const images = new Float32Array(20 * 784);
  labels.forEach((label, i) => images.fill(1, i * 784 + label * 392, i * 784 + label * 392 + 392));

  const model = compile(buildSixLayerCnn({ seed: 1 }), { learningRate: 0.003 });
  const history = await train(model, { images, labels }, { epochs: 5, batchSize: 10, checkpoints: false });
  console.log(history.loss.length, history.loss[4] < history.loss[0] / 4, history.accuracy[4]); // 5 true 1
});
