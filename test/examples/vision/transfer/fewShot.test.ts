import { useBackend } from "../../../../lib/compute/useBackend";
import { buildSixLayerCnn } from "../../../../lib/vision/cnn";
import { fewShot } from "../../../../lib/vision/transfer/fewShot";
import { example } from "../../example";

example(fewShot, async () => {
  await useBackend({ log: () => {} });
  // Pictures of class 0 are white at the top, those of class 1 at the bottom. Here the network has learned nothing yet.
  const labels = Uint8Array.from({ length: 20 }, (_, i) => i % 2);
  const images = new Float32Array(20 * 784);
  labels.forEach((label, i) => images.fill(1, i * 784 + label * 392, i * 784 + label * 392 + 392));
  const examples = { images, labels };

  const task = { pretrained: buildSixLayerCnn({ seed: 1 }), build: buildSixLayerCnn, pool: examples, exam: examples };
  const scores = await fewShot(task, { labels: 2, seed: 1, steps: 20 });
  console.log(scores); // { frozen: 1, 'fine-tuned': 1, 'from scratch': 1 }
});
