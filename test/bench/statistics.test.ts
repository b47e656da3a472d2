import assert from "node:assert/strict";
import { test } from "node:test";
import { median, spreadOf } from "../../bench/statistics";

test("median() is the middle value, or the mean of both in the middle", () => {
  assert.equal(median([5]), 5);
  assert.equal(median([10, 1, 9]), 9);
  assert.equal(median([4, 1, 3, 2]), 2.5);
});

test("spreadOf() gives the median ratio between the lowest and the highest", () => {
  assert.deepEqual(spreadOf([3, 0.5, 2]), { ratio: 2, low: 0.5, high: 3 });
});
