import assert from "node:assert/strict";
import { test } from "node:test";
import { coverPixels } from "../../../lib/vision/look/coverPixels";

test("coverPixels() covers each picture's own hottest pixels, the first of equals, and copies", () => {
  const images = new Float32Array(2 * 784).fill(1);
  const heat = Float32Array.from(images, (_, at) => (at < 784 ? -at : at % 2));
  const covered = coverPixels(images, heat, { share: 0.01, fill: 0 }); // 8 of 784
  const places = [...covered.keys()].filter((at) => covered[at] === 0);
  assert.deepEqual(places, [0, 1, 2, 3, 4, 5, 6, 7, ...[1, 3, 5, 7, 9, 11, 13, 15].map((at) => 784 + at)]);
  assert.ok(images.every((pixel) => pixel === 1));
  assert.ok(coverPixels(images, heat).includes(0.5));
});

test("coverPixels() refuses what does not fit", () => {
  assert.throws(() => coverPixels(new Float32Array(784), [1]), {
    name: "TypeError",
    message: "coverPixels(): 1 values of heat for 784 pixels; give one for each",
  });
  assert.throws(() => coverPixels(new Float32Array(784), new Float32Array(784), { share: 2 }), {
    name: "RangeError",
    message: "coverPixels(): share is 2; it must be from 0 to 1",
  });
});
