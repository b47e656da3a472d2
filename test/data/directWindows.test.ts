import assert from "node:assert/strict";
import { test } from "node:test";
import { directWindows } from "../../lib/data/directWindows";

const rows = [0, 100, 1, 101, 2, 102, 3, 103, 4, 104, 5, 105]; // six rows of two columns

test("directWindows() gives each window the next values of one column", () => {
  const { inputs, targets, count, outputs } = directWindows(rows, 2, { steps: 2, ahead: 3 });
  assert.deepEqual([count, outputs], [2, 3]);
  assert.deepEqual([...inputs], [0, 100, 1, 101, 1, 101, 2, 102]);
  assert.deepEqual([...targets], [2, 3, 4, 3, 4, 5]);
  assert.deepEqual([...directWindows(rows, 2, { steps: 4, ahead: 2, target: 1 }).targets], [104, 105]);
});

test("directWindows() refuses a column that is not there, and a series that is too short", () => {
  assert.throws(() => directWindows(rows, 2, { target: 2 }), {
    name: "RangeError",
    message: "directWindows(): there is no column 2; the columns are 0 to 1",
  });
  assert.throws(() => directWindows(rows, 2, { steps: 4, ahead: 4 }), /got 6 rows, wanted 8 or more/);
});
