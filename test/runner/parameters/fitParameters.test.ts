import assert from "node:assert/strict";
import { test } from "node:test";
import { fitParameters } from "../../../lib/runner/parameters/fitParameters";
import { parameters } from "./declared";

const fit = (values: Record<string, unknown>) => fitParameters(parameters, values, assert.fail);
const refusal = (values: Record<string, unknown>, message: string) =>
  assert.throws(() => fit(values), new RangeError(message));

test("fitParameters() takes values of the declared types", () => {
  fit({ epochs: 1, name: "3", quick: true, rates: [1, 2], backend: "cpu", options: { depth: 1 }, sizes: [] });
  fit({ backend: null, limit: 5, options: { depth: 1, wide: true }, range: [1, 2], weights: { a: 1 }, tags: ["a", 1] });
  fit({ range: [1], weights: {}, minutes: { any: ["thing", null] }, mode: "the compiler will tell" });
});

test("fitParameters() refuses a value of another type, in one line", () => {
  refusal({ epochs: "3" }, 'The parameter epochs is "3"; a number is wanted');
  refusal({ epochs: NaN }, "The parameter epochs is NaN; a number is wanted");
  refusal({ epochs: true }, "The parameter epochs is true; a number is wanted");
  refusal({ name: 3 }, "The parameter name is 3; text is wanted");
  refusal({ rates: [1, "2"] }, 'The parameter rates is [1,"2"]; a value of the type readonly number[] is wanted');
  refusal(
    { rates: [1, Infinity] },
    "The parameter rates is [1,Infinity]; a value of the type readonly number[] is wanted",
  );
  const options = "a value of the type { depth: number; wide?: boolean } is wanted";
  refusal({ options: { depth: "1" } }, `The parameter options is {"depth":"1"}; ${options}`);
  refusal({ options: { wide: true } }, `The parameter options is {"wide":true}; ${options}`);
  refusal({ options: { depth: 1, deep: 2 } }, `The parameter options is {"depth":1,"deep":2}; ${options}`);
  const range = "a value of the type [low: number, high?: number] is wanted";
  for (const wrong of [[], [1, 2, 3]]) refusal({ range: wrong }, `The parameter range is [${wrong}]; ${range}`);
  refusal(
    { weights: { a: null } },
    'The parameter weights is {"a":null}; a value of the type Record<string, number> is wanted',
  );
  refusal({ minutes: { a: NaN } }, 'The parameter minutes is {"a":NaN}; a value that JSON knows is wanted');
});

test("fitParameters() warns of unknown names", () => {
  const lines: string[] = [];
  fitParameters(parameters.slice(0, 2), { epoch: 3 }, (line) => lines.push(line));
  fitParameters([], { epoch: 3 }, (line) => lines.push(line));
  assert.deepEqual(lines, [
    "Unknown parameter epoch: known are epochs, name",
    "Unknown parameter epoch: the notebook has no cell tagged parameters",
  ]);
});
