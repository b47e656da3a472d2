import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../lib/random";
import { addNegatives } from "../../lib/recommend/addNegatives";
import { buildCoo } from "../../lib/recommend/coo";

const pairs = { rows: 3, columns: 4, rowIndices: [0, 0, 0, 2], columnIndices: [0, 1, 2, 3] };

test("addNegatives() adds as many pairs that the same users did not choose", () => {
  const { rowIndices, columnIndices, values } = addNegatives(buildCoo(pairs), { random: seededRandom(1) });
  assert.deepEqual([...rowIndices], [0, 0, 0, 2, 0, 0, 0, 2]);
  assert.deepEqual([...values], [1, 1, 1, 1, -1, -1, -1, -1]);
  assert.deepEqual([...columnIndices.subarray(0, 7)], [0, 1, 2, 3, 3, 3, 3]);
  assert.notEqual(columnIndices[7], 3);
});

test("addNegatives() refuses a user who chose everything", () => {
  const everything = buildCoo({ rows: 1, columns: 1, rowIndices: [0], columnIndices: [0] });
  const message = "addNegatives(): user 0 chose all 1 items; leave such users out";
  assert.throws(() => addNegatives(everything, { random: seededRandom(1) }), { name: "RangeError", message });
});
