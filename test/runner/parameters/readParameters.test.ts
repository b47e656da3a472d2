import assert from "node:assert/strict";
import { test } from "node:test";
import { readParameters } from "../../../lib/runner/parameters/readParameters";
import { code, notebookOf } from "../samples";
import { parameters } from "./declared";

test("readParameters() finds names, types and plain defaults", () => {
  const found = parameters.map(({ name, type, value }) => [name, type, value]);
  assert.deepEqual(found, [
    ["epochs", "number", 10],
    ["name", "string", "plain"],
    ["quick", "boolean", false],
    ["rates", "readonly number[]", [0.1, -0.01]],
    ["backend", '"wasm" | "cpu" | null', "wasm"],
    ["sizes", "number[]", [28, 28]],
    ["limit", "number | undefined", undefined],
    ["options", "{ depth: number; wide?: boolean }", { depth: 2 }],
    ["minutes", "JSON", undefined],
    ["range", "[low: number, high?: number]", [0]],
    ["weights", "Record<string, number>", {}],
    ["tags", "Array<string | number>", []],
    ["mode", "Mode", "fast"],
  ]);
  assert.deepEqual(readParameters(notebookOf(code("const a = 1;"))), []);
});
