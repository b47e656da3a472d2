import assert from "node:assert/strict";
import { test } from "node:test";
import { slidingWindows } from "../../lib/data/windows";
import numpy from "../fixtures/numpy.json";

test("slidingWindows() cuts what NumPy's slices cut", () => {
  for (const { rows, columns, steps, ahead, count, inputs, targets } of numpy.windows) {
    const series = Float32Array.from({ length: rows * columns }, (_, index) => index);
    const windows = slidingWindows(series, columns, { steps, ahead });
    assert.deepEqual([windows.count, windows.steps, windows.columns], [count, steps, columns]);
    assert.deepEqual([[...windows.inputs], [...windows.targets]], [inputs, targets]);
  }
});

test("slidingWindows() makes 97 windows of 3 out of 100 rows", () => {
  const { inputs, targets, count } = slidingWindows(new Float64Array(200), 2);
  assert.deepEqual([count, inputs.length, targets.length], [97, 97 * 3 * 2, 97 * 2]);
});

test("slidingWindows() refuses a series too short for one window", () => {
  assert.equal(slidingWindows([1, 2, 3, 4], 1).count, 1);
  assert.throws(() => slidingWindows([1, 2, 3], 1), {
    name: "RangeError",
    message: "slidingWindows(): got 3 rows, wanted 4 or more for 3 steps and 1 ahead; use a smaller window",
  });
});

test("slidingWindows() refuses partial rows and windows of no length", () => {
  assert.throws(() => slidingWindows([1, 2, 3], 2), {
    name: "TypeError",
    message: "slidingWindows(): got 3 values for 2 columns, wanted whole rows; pass them row after row",
  });
  for (const [steps, ahead] of [
    [0, 1],
    [3, 0],
    [1.5, 1],
  ])
    assert.throws(() => slidingWindows([1, 2, 3, 4], 1, { steps, ahead }), {
      name: "RangeError",
      message: `slidingWindows(): steps ${steps} and ahead ${ahead} must be integers of 1 or more`,
    });
});
