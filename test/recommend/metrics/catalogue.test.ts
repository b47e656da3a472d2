import assert from "node:assert/strict";
import { test } from "node:test";
import { buildCoo } from "../../../lib/recommend/coo";
import { measureCatalogue } from "../../../lib/recommend/metrics/catalogue";

const train = buildCoo({ rows: 3, columns: 4, rowIndices: [0, 1, 2, 2], columnIndices: [0, 0, 0, 1] });

test("measureCatalogue() is the share of items that are recommended, and how rare they are", () => {
  const everyone = () => Float32Array.of(9, 8, 7, 6);
  const { coverage, novelty } = measureCatalogue(everyone, train, { k: 1 });
  assert.equal(coverage, 2 / 4); // item 1 for users 0 and 1, item 2 for user 2
  assert.ok(Math.abs(novelty - (1 + 1 + 2) / 3) < 1e-12); // two of four, two of four, one of four
});

test("measureCatalogue() refuses users that are not there and scores of other items", () => {
  const train = buildCoo({ rows: 1, columns: 3, rowIndices: [0], columnIndices: [0] });
  assert.throws(() => measureCatalogue(() => new Float32Array(3), train, { users: [5] }), {
    name: "RangeError",
    message: "measureCatalogue(): user index 5 at place 0 is outside the 1 there are, counted from 0",
  });
  assert.throws(() => measureCatalogue(() => new Float32Array(5), train), {
    name: "TypeError",
    message: "measureCatalogue(): 5 scores for user 0, train has 3 items; give a score for each",
  });
});

test("measureCatalogue() asks some of the users only", () => {
  const scorer = () => Float32Array.of(1, 2, 3, 4);
  assert.deepEqual(measureCatalogue(scorer, train, { k: 1, users: [1] }), { coverage: 0.25, novelty: 2 });
});
