import assert from "node:assert/strict";
import { before, test } from "node:test";
import { useBackend } from "../../lib/compute/useBackend";
import { seededRandom } from "../../lib/random";
import { buildNet } from "../../lib/vision/net";
import { meanProbabilities, predictWithMirror } from "../../lib/vision/ensemble";
import { predict } from "../../lib/vision/predict";

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));

test("meanProbabilities() gives the mean of each number", () => {
  const mean = meanProbabilities([Float32Array.of(0.5, 0.5), Float32Array.of(1, 0), Float32Array.of(0, 1)]);
  assert.deepEqual(mean, Float32Array.of(0.5, 0.5));
  for (const wrong of [[], [new Float32Array(1), new Float32Array(2)]])
    assert.throws(() => meanProbabilities(wrong), {
      name: "TypeError",
      message: `meanProbabilities(): predictions of lengths [${wrong.map(({ length }) => length).join(", ")}] came; give one or more, of the same examples`,
    });
});

test("predictWithMirror() gives the same for a picture and its mirror image, the mean of both predictions", async () => {
  const model = buildNet([{ filters: 4 }], { seed: 3 });
  const random = seededRandom(1);
  const images = Float32Array.from({ length: 2 * 784 }, () => random.uniform());
  const mirrored = images.map((_, i) => images[i - (i % 28) + 27 - (i % 28)]);
  const [one, other] = [await predictWithMirror(model, images), await predictWithMirror(model, mirrored)];
  assert.deepEqual(one, other);
  assert.deepEqual(one, meanProbabilities([await predict(model, images), await predict(model, mirrored)]));
  assert.notDeepEqual(one, await predict(model, images));
});
