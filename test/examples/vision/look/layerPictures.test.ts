import { useBackend } from "../../../../lib/compute/useBackend";
import { buildSixLayerCnn } from "../../../../lib/vision/cnn";
import { featureMaps, filtersOf } from "../../../../lib/vision/look/layerPictures";
import { example } from "../../example";

example(filtersOf, () => {
  const { values, count, height, width } = filtersOf(buildSixLayerCnn({ seed: 1 }), "convolution_1");
  console.log(count, height, width, values.length); // 32 3 3 288
});

example(featureMaps, async () => {
  await useBackend({ log: () => {} });
  const image = new Float32Array(784).fill(1, 0, 392); // white at the top
  const { values, count, height, width } = featureMaps(buildSixLayerCnn({ seed: 1 }), image, "convolution_1");
  console.log(count, height, width); // 32 26 26
  console.log(values.subarray(25 * 26, 26 * 26).every((value) => value === 0)); // true
});
