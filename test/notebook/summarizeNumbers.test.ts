import assert from "node:assert/strict";
import { test } from "node:test";
import { summarizeNumbers } from "../../lib/notebook/summarizeNumbers";

test("summarizeNumbers() counts every finite number in one of 32 equal parts", () => {
  const { histogram, ...rest } = summarizeNumbers(Int32Array.from({ length: 64 }, (_, i) => i));
  assert.deepEqual(rest, { min: 0, mean: 31.5, max: 63, notFinite: 0, step: 1 });
  assert.deepEqual(histogram, new Array(32).fill(2));
});

test("summarizeNumbers() counts numbers that are not finite apart", () => {
  assert.deepEqual(summarizeNumbers([NaN, Infinity, 4, 4]), { min: 4, mean: 4, max: 4, notFinite: 2, histogram: [], step: 1 }); // prettier-ignore
  assert.deepEqual(summarizeNumbers([NaN]), { min: NaN, mean: NaN, max: NaN, notFinite: 1, histogram: [], step: 1 });
  assert.deepEqual(summarizeNumbers([-1.7e308, 1.7e308]).histogram, []);
});

test("summarizeNumbers() reads some of many numbers", () => {
  const { step, mean, notFinite } = summarizeNumbers([1, 9, 1, 9, 1], { most: 3 });
  assert.deepEqual([step, mean, notFinite], [2, 1, 0]);
});
