import { useBackend } from "../../../lib/compute/useBackend";
import { buildCnn } from "../../../lib/vision/cnn";
import { predict, toClasses } from "../../../lib/vision/predict";
import { example } from "../example";

example(predict, async () => {
  await useBackend({ log: () => {} });
  const images = new Float32Array(5 * 784).fill(0.5);
  const done: number[] = [];
  const onProgress = (count: number) => done.push(count);
  const probabilities = await predict(buildCnn({ seed: 1 }), images, { batchSize: 2, onProgress });
  console.log(done, probabilities.length); // [ 2, 4, 5 ] 50

  const first = probabilities.subarray(0, 10);
  console.log(first.reduce((sum, value) => sum + value, 0).toFixed(2)); // 1.00
});

example(toClasses, () => {
  const probabilities = Float32Array.of(0.1, 0.7, 0.2, 0.4, 0.2, 0.4);
  console.log(toClasses(probabilities, 3)); // Uint8Array(2) [ 1, 0 ]
});
