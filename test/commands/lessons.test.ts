import assert from "node:assert/strict";
import { basename } from "node:path";
import { test } from "node:test";
import { valuesFor } from "../../lib/commands/givenParameters";
import { findLessons, quickParameters, togetherParameters } from "../../lib/commands/lessons";
import { notebookOf } from "../runner/samples";

const names = (numbers?: string[]) => findLessons(numbers).map((file) => basename(file));

test("findLessons() gives all lessons in order, or those asked for, each once", () => {
  const [zeroth, first, second, ...others] = names();
  assert.match(zeroth, /^00-/);
  assert.match(first, /^01-/);
  assert.match(second, /^02-/);
  assert.ok(others.every((name) => name > second));
  assert.deepEqual(names(["2", "01", "1", "0"]), [second, first, zeroth]);
});

test("findLessons() refuses a number no lesson has", () => {
  for (const number of ["", "99", "1x", "001", "../01"])
    assert.throws(() => findLessons([number]), {
      name: "RangeError",
      message: /^There is no lesson ".*"; the lessons are 00, 01, 02/,
    });
});

test("quickParameters() reads them off the notebook's metadata, or gives none", () => {
  const metadata = { atelier: { quick: { epochs: 1 } } };
  assert.deepEqual(quickParameters({ ...notebookOf(), metadata }), { epochs: 1 });
  assert.deepEqual(quickParameters(notebookOf()), {});
});

test("togetherParameters() reads them too; a quick run and what is given go before them", () => {
  const metadata = { atelier: { quick: { recipe: "quick" }, together: { recipe: "short" } } };
  const notebook = { ...notebookOf(), metadata };
  assert.deepEqual(togetherParameters(notebook), { recipe: "short" });
  assert.deepEqual(togetherParameters(notebookOf()), {});
  const given = (values: Record<string, unknown>) => ({ texts: {}, values });
  assert.deepEqual(valuesFor(notebook, given({}), { together: true }), { recipe: "short" });
  assert.deepEqual(valuesFor(notebook, given({}), { together: true, quick: true }), { recipe: "quick" });
  assert.deepEqual(valuesFor(notebook, given({ recipe: "long" }), { together: true }), { recipe: "long" });
  assert.deepEqual(valuesFor(notebook, given({})), {});
});
