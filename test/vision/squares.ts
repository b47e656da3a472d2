import { integer, seededRandom } from "../../lib/random";
import type { Examples } from "../../lib/vision/examples";

/** Pictures whose class is the place of a bright square: learnable in a few steps. */
export function squares(count: number, seed: number): Examples {
  const random = seededRandom(seed);
  const images = Float32Array.from({ length: count * 784 }, () => 0.2 * random.uniform());
  const labels = Uint8Array.from({ length: count }, () => integer(random, 0, 10));
  labels.forEach((label, image) => {
    const corner = image * 784 + (label < 5 ? 4 : 16) * 28 + (label % 5) * 5;
    for (let row = 0; row < 6; row++) images.fill(1, corner + row * 28, corner + row * 28 + 5);
  });
  return { images, labels };
}
