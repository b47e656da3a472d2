import assert from "node:assert/strict";
import { test } from "node:test";
import { axisOfText, axisOfValue } from "../../lib/sweep/readAxis";
import { parameterOf } from "./samples";

const seed = parameterOf("seed");
const rate = parameterOf("rate");

test("axisOfText() reads a list as values of the parameter's type, each once", () => {
  assert.deepEqual(axisOfText(rate, "0.001,0.01,0.001"), { name: "rate", values: [0.001, 0.01] });
  assert.deepEqual(axisOfText(parameterOf("kind"), "deep,plain"), { name: "kind", values: ["deep", "plain"] });
  assert.deepEqual(axisOfText(parameterOf("sizes"), "[1,2],[3]"), { name: "sizes", values: [[1, 2], [3]] });
  assert.deepEqual(axisOfText(parameterOf("name"), "1..5,a"), { name: "name", values: ["1..5", "a"] });
});

test("axisOfText() reads ranges: of whole numbers, of any, with steps, by the logarithm", () => {
  const range = { isLog: false, isWhole: false };
  assert.deepEqual(axisOfText(seed, "1..5"), { ...range, name: "seed", from: 1, to: 5, isWhole: true });
  assert.deepEqual(axisOfText(rate, "0..1"), { ...range, name: "rate", from: 0, to: 1 });
  assert.deepEqual(axisOfText(rate, "0.1..0.3:0.1"), { name: "rate", values: [0.1, 0.2, 0.3] });
  assert.deepEqual(axisOfText(rate, "log:1e-4..0.1"), { ...range, name: "rate", from: 1e-4, to: 0.1, isLog: true });
  assert.deepEqual(axisOfText(parameterOf("name"), "1..5"), { name: "name", values: ["1..5"] });
});

test("axisOfValue() reads a list, a range as text, and one value", () => {
  assert.deepEqual(axisOfValue(rate, [0.1, 0.2]), { name: "rate", values: [0.1, 0.2] });
  assert.deepEqual(axisOfValue(seed, "1..2"), { name: "seed", from: 1, to: 2, isLog: false, isWhole: true });
  assert.deepEqual(axisOfValue(rate, 3), { name: "rate", values: [3] });
});

const refusals: [parameter: string, text: string, message: string][] = [
  ["rate", "0.1,high", 'The parameter rate is "high"; a number is wanted'],
  ["rate", "", 'The parameter rate is ""; a number is wanted'],
  ["seed", "0..2000", "The parameter seed is 2000; a whole number from 0 to 1000 is wanted"],
  ["seed", "1,1.5", "The parameter seed is 1.5; a whole number from 0 to 1000 is wanted"],
  ["kind", "deep,wide", 'The parameter kind is "wide"; a value of the type "plain" | "deep" is wanted'],
  ["seed", "5..1", 'The parameter seed has the range "5..1"; the first number has to be the smaller one, as in 1..5'],
  [
    "rate",
    "log:0..1",
    'The parameter rate has the range "log:0..1"; after log: two numbers above 0 and no step are wanted',
  ],
  [
    "rate",
    "0..1:0",
    'The parameter rate has the range "0..1:0"; a step above 0 that makes at most 10000 values is wanted, as in 0..1:0.25',
  ],
];

for (const [name, text, message] of refusals)
  test(`axisOfText() refuses "${text}" for ${name} in one line`, () => {
    assert.throws(() => axisOfText(parameterOf(name), text), { name: "RangeError", message });
  });

test("axisOfValue() refuses an empty list", () => {
  const message = "The parameter rate has an empty list; give one value or more, as in rate: [1, 2]";
  assert.throws(() => axisOfValue(rate, []), { name: "RangeError", message });
});
