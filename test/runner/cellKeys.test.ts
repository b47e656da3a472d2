import assert from "node:assert/strict";
import { test } from "node:test";
import { cellKeys, type UsedCell } from "../../lib/runner/cellKeys";

const none = { reads: [], writes: [], changes: [], acts: false };
const cells: UsedCell[] = [
  { source: "const a = 1", uses: { ...none, writes: ["a"] } },
  { source: "const o = { a }", uses: { ...none, reads: ["a"], writes: ["o"] } },
  { source: "import { f } from './f'", uses: { ...none, writes: ["f"], imports: "1" } },
  { source: "f(o)", uses: { ...none, reads: ["f", "o"], changes: ["o"] } },
  { source: "o.a", uses: { ...none, reads: ["o"] } },
];

/** The places of the cells whose keys change with one of the cells. */
function changedWith(place: number, change: Partial<UsedCell>): number[] {
  const before = cellKeys(cells);
  const after = cellKeys(cells.map((cell, index) => (index === place ? { ...cell, ...change } : cell)));
  return before.flatMap((key, index) => (key === after[index] ? [] : [index]));
}

test("cellKeys() changes with a cell, and with what feeds it, however far above", () => {
  assert.deepEqual(changedWith(0, { source: "const a = 2" }), [0, 1, 3, 4]);
  assert.deepEqual(changedWith(2, { source: "import { f } from './g'" }), [2, 3, 4]);
  assert.deepEqual(changedWith(3, { source: "f(o, 1)" }), [3, 4]);
  assert.deepEqual(changedWith(4, { source: "o" }), [4]);
});

test("cellKeys() changes with the files that a cell imports", () => {
  const uses = { ...none, writes: ["f"], imports: "2" };
  assert.deepEqual(changedWith(2, { uses }), [2, 3, 4]);
});

test("cellKeys() takes it that a cell of which nothing is known, or that acts beyond names, feeds all", () => {
  const keys = (source: string, uses: UsedCell["uses"]) => cellKeys([{ source, uses }, cells[0]])[1];
  for (const uses of [undefined, { ...none, acts: true }]) assert.notEqual(keys("one", uses), keys("two", uses));
  assert.equal(keys("one", none), keys("two", none));
});
