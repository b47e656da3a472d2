import { coverPixels } from "../../../../lib/vision/look/coverPixels";
import { example } from "../../example";

example(coverPixels, () => {
  const image = new Float32Array(784).fill(1);
  const heat = Float32Array.from(image, (_, pixel) => pixel); // the lower, the hotter
  const covered = coverPixels(image, heat, { share: 0.25 });
  console.log(covered.indexOf(0.5) / 28, covered[0], covered[783]); // 21 1 0.5
});
