import { useBackend } from "../../../lib/compute/useBackend";
import { buildCnn } from "../../../lib/vision/cnn";
import { embed } from "../../../lib/vision/embed";
import { example } from "../example";

example(embed, async () => {
  await useBackend({ log: () => {} });
  // Picture 0 is white at the top, 1 at the bottom, 2 at the top again.
  const images = new Float32Array(3 * 784).fill(1, 0, 392).fill(1, 1176, 1960);
  const { vectors, length } = await embed(buildCnn({ seed: 1 }), images);
  console.log(length, vectors.length); // 128 384

  const [first, second, third] = [0, 1, 2].map((row) => vectors.subarray(row * length, (row + 1) * length));
  const distance = (other: Float32Array) => Math.hypot(...first.map((value, i) => value - other[i]));
  console.log(distance(second).toFixed(1), distance(third).toFixed(1)); // 0.9 0.0
});
