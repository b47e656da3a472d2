import assert from "node:assert/strict";
import { test } from "node:test";
import { csrFromDense } from "../../lib/recommend/denseCsr";
import { buildPattern, identityCsr, type SparsePattern } from "../../lib/recommend/csr";
import { stackColumns, union, unionPattern } from "../../lib/recommend/joinCsr";
import { makeTask } from "./fast/tasks";

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

test("unionPattern() has the places of both, each once, in a shape that holds both", () => {
  const pattern = (users: number, items: number) => buildPattern(makeTask({ users, items, entries: 90 }).interactions);
  const placesOf = ({ rows, offsets, indices }: SparsePattern) =>
    Array.from({ length: rows }, (_, row) => [...indices.subarray(offsets[row], offsets[row + 1])]);
  for (const [left, right] of [
    [pattern(9, 20), pattern(9, 20)],
    [pattern(12, 15), pattern(9, 33)],
    [pattern(3, 8), pattern(30, 4)],
  ]) {
    // prettier-ignore
    const both = unionPattern(left, right);
    const [some, others] = [placesOf(left), placesOf(right)];
    const wanted = Array.from({ length: Math.max(left.rows, right.rows) }, (_, row) =>
      [...new Set([...(some[row] ?? []), ...(others[row] ?? [])])].sort((a, b) => a - b),
    );
    assert.deepEqual(placesOf(both), wanted);
    assert.equal(both.columns, Math.max(left.columns, right.columns));
  }
  const known = pattern(9, 20);
  assert.equal(unionPattern(known, known), known);
});
