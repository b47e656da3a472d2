import { useBackend } from "../../../lib/compute/useBackend";
import { meanProbabilities, predictWithMirror } from "../../../lib/vision/ensemble";
import { buildNet } from "../../../lib/vision/net";
import { example } from "../example";

example(meanProbabilities, () => {
  const [one, other] = [Float32Array.of(1, 0), Float32Array.of(0.5, 0.5)]; // two models, one picture, two classes
  console.log(meanProbabilities([one, other])); // Float32Array(2) [ 0.75, 0.25 ]
});

example(predictWithMirror, async () => {
  await useBackend({ log: () => {} });
  const model = buildNet([{ filters: 4 }]);
  const probabilities = await predictWithMirror(model, new Float32Array(3 * 784));
  console.log(probabilities.length); // 30
});
