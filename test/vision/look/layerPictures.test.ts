import assert from "node:assert/strict";
import { before, test } from "node:test";
import { useBackend } from "../../../lib/compute/useBackend";
import { buildCnn } from "../../../lib/vision/cnn";
import { featureMaps, filtersOf } from "../../../lib/vision/look/layerPictures";

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));

test("filtersOf() gives each filter's weights in rows, of the channel that is named", () => {
  const model = buildCnn({ seed: 3 });
  const [first, , second] = model.getWeights().map((weight) => weight.arraySync() as number[][][][]);
  const { values, count, height, width } = filtersOf(model, "convolution_1");
  assert.deepEqual([count, height, width, values.length], [32, 3, 3, 288]);
  assert.equal(values[5 * 9 + 1 * 3 + 2], first[1][2][0][5]);
  assert.equal(filtersOf(model, "convolution_2", { channel: 7 }).values[40 * 9 + 2 * 3], second[2][0][7][40]);
});

test("featureMaps() convolves the picture with each filter, by hand", () => {
  const model = buildCnn({ seed: 3 });
  const image = Float32Array.from({ length: 784 }, (_, pixel) => ((pixel * 37) % 101) / 101);
  const { values, count, height, width } = featureMaps(model, image, "convolution_1");
  assert.deepEqual([count, height, width], [32, 26, 26]);
  const { values: filters } = filtersOf(model, "convolution_1");
  for (const [map, row, column] of [
    [0, 0, 0],
    [31, 25, 3],
    [17, 11, 20],
  ]) {
    let sum = 0;
    for (let y = 0; y < 3; y++)
      for (let x = 0; x < 3; x++) sum += filters[map * 9 + y * 3 + x] * image[(row + y) * 28 + column + x];
    assert.ok(Math.abs(values[(map * 26 + row) * 26 + column] - Math.max(0, sum)) < 1e-5);
  }
});

test("filtersOf() and featureMaps() refuse layers without pictures", () => {
  const model = buildCnn();
  assert.throws(() => filtersOf(model, "embedding"), {
    name: "TypeError",
    message: 'filtersOf(): "embedding" has no filters; name a convolution over pictures',
  });
  assert.throws(() => filtersOf(model, "convolution_1", { channel: 1 }), {
    name: "RangeError",
    message: "filtersOf(): there is no channel 1; the channels are 0 to 0",
  });
  assert.throws(() => featureMaps(model, new Float32Array(2 * 784), "flatten"), {
    name: "TypeError",
    message:
      'featureMaps(): 2 images and layer "flatten" of shape [1600]; give one image and a layer with height, width and channels',
  });
});
