import assert from "node:assert/strict";
import { test } from "node:test";
import { neighbourPrecision } from "../../../lib/vision/map/neighbourPrecision";

const near = { rows: Int32Array.of(1, 2, 0, 2, 0, 1), distances: new Float32Array(6), count: 2 };

test("neighbourPrecision() is the share of neighbours of the same class, by class", () => {
  assert.deepEqual(neighbourPrecision(near, [0, 0, 2], { classes: 3 }), [0.5, NaN, 0]);
  assert.deepEqual(neighbourPrecision(near, [0, 0, 2], { among: [0, 2, 2], classes: 3 }), [0.25, NaN, 0.5]);
});

test("neighbourPrecision() refuses labels that do not fit", () => {
  assert.throws(() => neighbourPrecision(near, [0, 0]), {
    name: "TypeError",
    message: "neighbourPrecision(): 2 labels for 3 rows; give one for each",
  });
});
