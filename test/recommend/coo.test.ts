import assert from "node:assert/strict";
import { test } from "node:test";
import { buildCoo, type CooParts } from "../../lib/recommend/coo";

const parts: CooParts = { rows: 2, columns: 3, rowIndices: [0, 1], columnIndices: [2, 0] };

test("buildCoo() gives every entry the value 1 when there are none", () => {
  assert.deepEqual([...buildCoo(parts).values], [1, 1]);
});

test("buildCoo() refuses lists that do not fit and entries outside the shape", () => {
  const refused = (change: Partial<CooParts>, name: string, message: string) =>
    assert.throws(() => buildCoo({ ...parts, ...change }), { name, message });
  refused({ rows: -1 }, "RangeError", "buildCoo(): rows -1 is not an integer from 0 to 2147483647");
  refused({ columns: NaN }, "RangeError", "buildCoo(): columns NaN is not an integer from 0 to 2147483647");
  refused(
    { values: [1] },
    "TypeError",
    "buildCoo(): 2 row indices, 2 column indices and 1 values; give one of each for every entry",
  );
  refused(
    { columnIndices: [2, 3] },
    "RangeError",
    "buildCoo(): column index 3 at place 1 is outside the 3 there are, counted from 0",
  );
  refused(
    { rowIndices: [-1, 0] },
    "RangeError",
    "buildCoo(): row index -1 at place 0 is outside the 2 there are, counted from 0",
  );
  refused({ values: [1, NaN] }, "RangeError", "buildCoo(): value 1 is NaN; wanted a finite number; drop or replace it");
  refused(
    { values: [1e39, 1] },
    "RangeError",
    "buildCoo(): value 0 is 1e+39; wanted a finite number; drop or replace it",
  );
});
