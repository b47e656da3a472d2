import { useBackend } from "../../../lib/compute/useBackend";
import { buildNet } from "../../../lib/vision/net";
import { describeTrial, runTrial, type Trial } from "../../../lib/vision/trial";
import { example } from "../example";

example(runTrial, async () => {
  await useBackend({ log: () => {} });
  // Pictures of class 0 are white at the top, those of class 1 at the bottom.
  const labels = Uint8Array.from({ length: 20 }, (_, i) => i % 2);
  const images = new Float32Array(20 * 784);
  labels.forEach((label, i) => images.fill(1, i * 784 + label * 392, i * 784 + label * 392 + 392));

  const examples = { images, labels };
  const data = { training: examples, validation: examples }; // keep them apart in earnest
  const model = buildNet([{ filters: 4 }, { filters: 4 }]);
  const trial = await runTrial("small", model, { ...data, epochs: 1, batchSize: 10, checkpoints: false });
  console.log(trial.name, trial.parameters, trial.probabilities.length); // small 238 200
});

example(describeTrial, () => {
  const base = { name: "narrow", accuracy: 0.86, parameters: 56394, seconds: 3 } as Trial;
  const wide = { name: "wide", accuracy: 0.885, parameters: 223370, seconds: 12.4 } as Trial;
  console.log(describeTrial(wide, base)); // wide: 88.50 % (+2.50 points), 223,370 parameters, 12 s
});
