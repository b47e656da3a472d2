import assert from "node:assert/strict";
import { test } from "node:test";
import { readTexts, splitArguments } from "../../../lib/runner/parameters/readTexts";
import { parameters } from "./declared";

const read = (texts: Record<string, string>) => readTexts(parameters, texts);
const refusal = (texts: Record<string, string>, message: string) =>
  assert.throws(() => read(texts), new RangeError(message));

test("splitArguments() splits at the first equals sign, and refuses what has none", () => {
  assert.deepEqual(splitArguments(["epochs=3", "name=a=b", "empty="]), { epochs: "3", name: "a=b", empty: "" });
  for (const wrong of ["epochs", "=3", "3=epochs"])
    assert.throws(
      () => splitArguments([wrong]),
      new RangeError(`The parameter "${wrong}" is not of the form name=value, as in epochs=3`),
    );
});

test("readTexts() turns text into the declared type", () => {
  assert.deepEqual(
    read({ epochs: "1e1", name: "3", quick: "true", rates: "[1, 2]", backend: "cpu", options: '{"depth":1}' }),
    { epochs: 10, name: "3", quick: true, rates: [1, 2], backend: "cpu", options: { depth: 1 } },
  );
  assert.deepEqual(
    read({ backend: "null", limit: "5", range: "[1,2]", weights: '{"a":1}', tags: '["1",1]', mode: "fast" }),
    { backend: null, limit: 5, range: [1, 2], weights: { a: 1 }, tags: ["1", 1], mode: "fast" },
  );
  assert.deepEqual(read({ minutes: "3", unknown: "[1]", other: "[1" }), { minutes: 3, unknown: [1], other: "[1" });
});

test("readTexts() refuses text of another type, in one line", () => {
  refusal({ epochs: "many" }, 'The parameter epochs is "many"; a number is wanted');
  refusal({ epochs: "" }, 'The parameter epochs is ""; a number is wanted');
  refusal({ epochs: "NaN" }, 'The parameter epochs is "NaN"; a number is wanted');
  refusal({ quick: "yes" }, 'The parameter quick is "yes"; true or false is wanted');
  refusal({ backend: "gpu" }, 'The parameter backend is "gpu"; a value of the type "wasm" | "cpu" | null is wanted');
  refusal({ limit: "no" }, 'The parameter limit is "no"; a value of the type number | undefined is wanted');
  refusal({ rates: "0.1" }, 'The parameter rates is "0.1"; a value of the type readonly number[] is wanted');
  refusal(
    { rates: '["0.1"]' },
    'The parameter rates is "[\\"0.1\\"]"; a value of the type readonly number[] is wanted',
  );
});
