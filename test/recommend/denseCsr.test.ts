import assert from "node:assert/strict";
import { test } from "node:test";
import { csrFromDense } from "../../lib/recommend/denseCsr";

test("csrFromDense() keeps every number but zeros, at its place", () => {
  const { rows, columns, offsets, indices, values } = csrFromDense(Float32Array.of(0, 2, 0, 0, 0, 0, 3, 0, -4), 3);
  assert.deepEqual([rows, columns], [3, 3]);
  assert.deepEqual(
    [[...offsets], [...indices], [...values]],
    [
      [0, 1, 1, 3],
      [1, 0, 2],
      [2, 3, -4],
    ],
  );
});

test("csrFromDense() refuses rows that do not fill up and numbers that are none", () => {
  assert.throws(() => csrFromDense(new Float32Array(7), 3), {
    name: "TypeError",
    message: "csrFromDense(): 7 values do not fill rows of 3; pass the row length the values were made with",
  });
  assert.throws(() => csrFromDense(new Float32Array(6), 0), {
    name: "RangeError",
    message: "csrFromDense(): row length 0 is not a positive integer",
  });
  assert.throws(() => csrFromDense(Float32Array.of(1, Infinity), 2), {
    name: "RangeError",
    message: "csrFromDense(): value 1 is Infinity; wanted a finite number; drop or replace it",
  });
});
