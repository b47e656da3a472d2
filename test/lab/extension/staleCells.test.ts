import assert from "node:assert/strict";
import { test } from "node:test";
import { dependentsOf, type ShownCell, staleCells } from "../../../lib/lab/extension/staleCells";

/** A cell that ran as the `order`th, with the source it still has: `a > b ! c` reads a, writes b and changes c. */
function cell(id: string, order: number, text = ""): ShownCell {
  const [, reads, writes, changes] = /^([^>!]*)(?:>([^!]*))?(?:!(.*))?$/.exec(text)!;
  const names = (part = "") => part.split(" ").filter(Boolean);
  const uses = { reads: names(reads), writes: names(writes), changes: names(changes), acts: false };
  return { id, source: text, run: { order, count: order, source: text, uses } };
}

/** Cells that ran in the order in which they stand. */
function cells(...texts: string[]): ShownCell[] {
  return texts.map((text, index) => cell(String(index), index + 1, text));
}

/** The same cells after one of them has run again. */
function again(all: ShownCell[], place: number): ShownCell[] {
  const order = Math.max(...all.map(({ run }) => run?.order ?? 0)) + 1;
  return all.map((one, index) => (index === place ? cell(one.id, order, one.source) : one));
}

const reasons = (all: ShownCell[]) => Object.fromEntries(staleCells(all));

test("staleCells() finds nothing in cells that ran from top to bottom, whatever they change", () => {
  assert.deepEqual(reasons(cells("> a", "a > b ! a", "a b ! a b", "a > a", "a b")), {});
});

test("staleCells() finds a cell that was edited after it ran, and what depends on it", () => {
  const all = cells("> a", "a > b", "b", "");
  all[0].source = "> a c";
  assert.deepEqual(reasons(all), {
    0: "it was edited after it ran",
    1: "`a` is of cell [1], which is stale",
    2: "`b` is of cell [2], which is stale",
  });
});

test("staleCells() finds a cell below one that ran again", () => {
  assert.deepEqual(reasons(again(cells("> a", "a > b", "b"), 0)), {
    1: "`a` was written anew by cell [4]",
    2: "`b` is of cell [2], which is stale",
  });
  assert.deepEqual(reasons(again(cells("> a", "a ! a", "a"), 1)), { 2: "`a` may have been changed by cell [4]" });
  assert.deepEqual(reasons(again(again(cells("> a", "a > b"), 0), 1)), {});
});

test("staleCells() looks no further up than to the cell that declares the name anew", () => {
  assert.deepEqual(reasons(again(cells("> a", "a", "> a", "a"), 0)), { 1: "`a` was written anew by cell [5]" });
});

test("staleCells() finds a cell that has read the value of another cell than the one above", () => {
  const below = again(cells("> a", "a", "> a"), 1);
  assert.deepEqual(reasons(below), { 1: "it has read the `a` of cell [3]" });
  assert.deepEqual(reasons(again(again(below, 0), 1)), {});
  assert.deepEqual(reasons(again(cells("> a", "a", "a ! a"), 1)), {}, "what may have changed is not certain");
});

test("staleCells() leaves alone what has not run, and what the kernel knows nothing of", () => {
  const all: ShownCell[] = [{ id: "new", source: "1" }, ...cells("> a")];
  all[1].run!.uses = undefined;
  assert.deepEqual(reasons(all), {});
});

test("dependentsOf() finds the cells below that depend on one, through as many cells as there are", () => {
  const all = cells("> a", "a > b", "> other", "b ! c", "c", "a", "other");
  assert.deepEqual(dependentsOf(all, "0"), ["1", "3", "4", "5"]);
  assert.deepEqual(dependentsOf(all, "1"), ["3", "4"]);
  assert.deepEqual(dependentsOf(all, "4"), []);
  assert.deepEqual(dependentsOf([{ id: "new", source: "1" }, ...all], "new"), [], "nothing is known of it");
});
