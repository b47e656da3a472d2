import assert from "node:assert/strict";
import { test } from "node:test";
import { toRows } from "../../lib/data/toRows";

test("toRows() turns columns to rows, whatever kind of list they are", () => {
  assert.deepEqual(toRows([Int32Array.of(1, 2, 3), [0.1, 0.2, 0.3]]), Float64Array.of(1, 0.1, 2, 0.2, 3, 0.3));
  assert.deepEqual(toRows([[4, 5]]), Float64Array.of(4, 5));
  assert.deepEqual(toRows([[], []]), Float64Array.of());
});

test("toRows() refuses columns of different lengths, and none at all", () => {
  assert.throws(() => toRows([[1, 2], [3], [4, 5]]), {
    name: "TypeError",
    message: "toRows(): the columns have 2, 1, 2 values; they must be of one length",
  });
  assert.throws(() => toRows([]), { name: "TypeError", message: "toRows(): there is no column; give one or more" });
});
