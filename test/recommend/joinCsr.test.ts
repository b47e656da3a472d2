import assert from "node:assert/strict";
import { test } from "node:test";
import { identityCsr } from "../../lib/recommend/csr";
import { csrFromDense } from "../../lib/recommend/denseCsr";
import { stackColumns, union } from "../../lib/recommend/joinCsr";

test("stackColumns() puts two matrices side by side", () => {
  const stacked = stackColumns(identityCsr(2), csrFromDense(Float32Array.of(5, 6, 0, 7), 2));
  assert.deepEqual(stacked, csrFromDense(Float32Array.of(1, 0, 5, 6, 0, 1, 0, 7), 4));
});

test("stackColumns() refuses other numbers of rows", () => {
  assert.throws(() => stackColumns(identityCsr(2), identityCsr(3)), {
    name: "TypeError",
    message: "stackColumns(): 2 rows on the left and 3 on the right; give both one row per item or user",
  });
});

test("union() has the entries of both, in a shape that holds both", () => {
  const both = union(csrFromDense(Float32Array.of(1, 0), 2), csrFromDense(Float32Array.of(1, 0, 1, 0, 0, 1), 3));
  assert.deepEqual(both, csrFromDense(Float32Array.of(2, 0, 1, 0, 0, 1), 3));
});
