import assert from "node:assert/strict";
import { test } from "node:test";
import { findEntry } from "../../lib/recommend/csr";
import { rowToCsr } from "../../lib/recommend/sparseRow";

test("rowToCsr() sorts columns and adds up those that come twice", () => {
  const row = rowToCsr({ indices: [3, 0, 3], values: [1, 2, 0.5] }, 5, "trial()");
  assert.deepEqual([[...row.offsets], [...row.indices], [...row.values]], [[0, 2], [0, 3], [2, 1.5]]); // prettier-ignore
  assert.deepEqual([findEntry(row, 0, 3), findEntry(row, 0, 1)], [1, -1]);
});

test("rowToCsr() refuses under the name of the call", () => {
  assert.throws(() => rowToCsr({ indices: [5] }, 5, "trial()"), /^RangeError: trial\(\): feature index 5 at place 0/);
  assert.throws(
    () => rowToCsr({ indices: [1], values: [NaN] }, 5, "trial()"),
    /^RangeError: trial\(\): weight 0 is NaN/,
  );
  assert.throws(() => rowToCsr({ indices: [1], values: [] }, 5, "trial()"), {
    name: "TypeError",
    message: "trial(): 1 features and 0 weights; give one of each",
  });
});
