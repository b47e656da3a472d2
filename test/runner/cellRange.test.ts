import assert from "node:assert/strict";
import { test } from "node:test";
import { cellRange } from "../../lib/runner/cellRange";
import { code, notebookOf, prose } from "./samples";

const notebook = notebookOf(
  code("1", "parameters"),
  prose("## A1 · Import"),
  code("2"),
  code("skipped", "skip-execution"),
  code(""),
  prose("## A10 · Train"),
  code("3", "slow"),
  code("4", "slow"),
  prose("## A10, put right"),
  code("5"),
);
const range = (from?: string, until?: string) => Object.values(cellRange(notebook, { from, until }));

test("cellRange() is all cells that are run, or part of them, by number, id, tag or heading", () => {
  assert.deepEqual(range(), [0, 4]);
  assert.deepEqual(range("2", "3"), [1, 2]);
  assert.deepEqual(range("c8"), [3, 4]);
  assert.deepEqual(range("slow", "slow"), [2, 3]);
  assert.deepEqual(range("A10 · Train", "A10 · Train"), [2, 3]);
  assert.deepEqual(range("a1", "a10 ·"), [1, 3]);
  assert.deepEqual(range("import", "train"), [1, 3]);
  assert.deepEqual(cellRange(notebookOf(prose("# A")), {}), { first: 0, last: -1 });
});

test("cellRange() refuses what is not there, what is not one heading, and an end before the start", () => {
  const refusal = (message: string, ...ends: string[]) => assert.throws(() => range(...ends), new RangeError(message));
  const wanted = "a number from 1 to 5, a cell's id, a tag or a heading with code below it is wanted";
  for (const word of ["0", "6", "A2", "A", ""]) refusal(`--from is "${word}"; ${wanted}`, word);
  refusal('--from "A10" may be "A10 · Train" or "A10, put right"; give more of it', "A10");
  refusal('--until "2" is cell 2, before --from "slow", cell 3', "slow", "2");
});
