import assert from "node:assert/strict";
import { test } from "node:test";
import { takeRows } from "../../lib/data/takeRows";

test("takeRows() copies rows in the order named, also twice, and keeps the kind of array", () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6);
  const taken = takeRows(bytes, 2, [2, 0, 2]);
  assert.deepEqual(taken, Uint8Array.of(5, 6, 1, 2, 5, 6));
  taken.fill(0);
  assert.deepEqual(bytes, Uint8Array.of(1, 2, 3, 4, 5, 6), "a copy, not a view");
  assert.deepEqual(takeRows(Float32Array.of(0.5, 1.5), 1, Int32Array.of(1)), Float32Array.of(1.5));
  assert.deepEqual(takeRows(bytes, 3, []), new Uint8Array(0));
});
