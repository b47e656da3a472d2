import assert from "node:assert/strict";
import { test } from "node:test";
import { readParameters } from "../../lib/runner/parameters/readParameters";
import { readHalving, survivors } from "../../lib/sweep/halving";
import { code, notebookOf } from "../runner/samples";

const cell = "const epochs: number = 4; // 1 to 81\nconst share: number = 0.5;\nconst kind: string = 'a';";
const parameters = readParameters(notebookOf(code(cell, "parameters")));
const budgetsOf = (text: string, keep: number) => readHalving(parameters, text, keep).budgets;

test("readHalving() has budgets up to the greatest, each so many times the one before", () => {
  assert.deepEqual(readHalving(parameters, "epochs=1..27", 3), { budget: "epochs", budgets: [1, 3, 9, 27], keep: 3 });
  assert.deepEqual(budgetsOf("epochs=1..20", 3), [2, 7, 20]);
  assert.deepEqual(budgetsOf("epochs=5..8", 2), [8]);
  assert.deepEqual(budgetsOf("share=0.1..0.9", 3), [0.1, 0.3, 0.9]);
});

test("readHalving() takes any budget of a script, in whole numbers where both are whole", () => {
  assert.deepEqual(readHalving(undefined, "steps=1..10", 3).budgets, [1, 3, 10]);
  assert.deepEqual(readHalving(undefined, "share=0.5..10", 3).budgets, [1.11111, 3.33333, 10]);
});

test("survivors() is one of so many, and at least one", () => {
  assert.deepEqual([27, 10, 9, 2, 1].map((count) => survivors(count, 3)), [9, 3, 3, 1, 1]); // prettier-ignore
});

const refusals: [text: string, message: string][] = [
  ["epochs", 'The halving "epochs" is not of the form name=from..to with 0 < from < to, as in epochs=1..27'],
  ["epochs=9..1", 'The halving "epochs=9..1" is not of the form name=from..to with 0 < from < to, as in epochs=1..27'],
  ["steps=1..9", 'The halving\'s budget "steps" is no parameter of the notebook; it has epochs, share, kind'],
  ["epochs=1..99", "The parameter epochs is 99; a whole number from 1 to 81 is wanted"],
  ["kind=1..9", "The parameter kind is 1; text is wanted"],
];

for (const [text, message] of refusals)
  test(`readHalving() refuses "${text}" in one line`, () => {
    assert.throws(() => readHalving(parameters, text, 3), { name: "RangeError", message });
  });

test("readHalving() refuses to keep all rows", () => {
  const message = "A halving that keeps one of 1 rows was asked for; a number from 2 on is wanted";
  assert.throws(() => readHalving(parameters, "epochs=1..9", 1), { name: "RangeError", message });
});
