import assert from "node:assert/strict";
import { basename } from "node:path";
import { test } from "node:test";
import { findLessons, quickParameters } from "../../lib/commands/lessons";
import { notebookOf } from "../runner/samples";

const names = (numbers?: string[]) => findLessons(numbers).map((file) => basename(file));

test("findLessons() gives all lessons in order, or those asked for, each once", () => {
  const [first, second, ...others] = names();
  assert.match(first, /^01-/);
  assert.match(second, /^02-/);
  assert.ok(others.every((name) => name > second));
  assert.deepEqual(names(["2", "01", "1"]), [second, first]);
});

test("findLessons() refuses a number no lesson has", () => {
  for (const number of ["", "0", "1x", "001", "../01"])
    assert.throws(() => findLessons([number]), {
      name: "RangeError",
      message: /^There is no lesson ".*"; the lessons are 01, 02/,
    });
});

test("quickParameters() reads them off the notebook's metadata, or gives none", () => {
  const metadata = { atelier: { quick: { epochs: 1 } } };
  assert.deepEqual(quickParameters({ ...notebookOf(), metadata }), { epochs: 1 });
  assert.deepEqual(quickParameters(notebookOf()), {});
});
