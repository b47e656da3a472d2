import assert from "node:assert/strict";
import { test } from "node:test";
import { toErrorOutput } from "../../lib/runner/cellError";

const stack = "    at evalmachine.<anonymous>:2:7\n    at Script.runInThisContext (node:vm:135:14)\n";
const inner = "    at Object.execute (/home/me/node_modules/tslab/dist/executor.js:160:38)\n";

test("toErrorOutput() takes the snippet of code and the kernel's own frames off a thrown error", () => {
  const text = `evalmachine.<anonymous>:2\nthrow new Error('boo');\n^\n\nError: boo\n${stack}${inner}`;
  const { output, used } = toErrorOutput(["a warning\n", text], "");
  assert.equal(used, 1);
  assert.deepEqual(output, {
    output_type: "error",
    ename: "Error",
    evalue: "boo",
    traceback: ["Error: boo", "    at evalmachine.<anonymous>:2:7"],
  });
});

test("toErrorOutput() keeps messages of many lines, codes of Node, and what an error carries", () => {
  const text = `TypeError [ERR_BAD]: first\n\nsecond\n    at f (cell.ts:1:2)\n    at node:internal/x:1:1 {\n  code: 'ERR_BAD'\n}\n`;
  const { output } = toErrorOutput([text], "");
  assert.equal(output.ename, "TypeError");
  assert.equal(output.evalue, "first\n\nsecond");
  assert.deepEqual(output.traceback.slice(3), ["    at f (cell.ts:1:2)", "  {", "  code: 'ERR_BAD'", "}"]);
});

test("toErrorOutput() calls a thrown value that is no error an Error with its text", () => {
  assert.equal(toErrorOutput(["{ code: 404 }\n"], "").output.evalue, "{ code: 404 }");
  assert.equal(toErrorOutput(["note: odd\n"], "").output.ename, "Error");
  assert.equal(toErrorOutput(["[RangeError: no stack]\n"], "").output.evalue, "RangeError: no stack");
});

test("toErrorOutput() takes the last message with a stack, and what was printed behind it", () => {
  const { output, used } = toErrorOutput(["before\n", `RangeError: no\n${stack}`, "late\n"], "");
  assert.deepEqual([output.ename, used], ["RangeError", 2]);
});

test("toErrorOutput() makes a TypeScriptError of the compiler's messages and points at their places", () => {
  const source = "let a = 1;\n  const count: number = name;";
  const { output, used } = toErrorOutput(["2:9 - Type 'string' is bad.\n", "lib/x.ts 3:1 - Other.\n"], source);
  assert.equal(used, 2);
  assert.equal(output.ename, "TypeScriptError");
  assert.equal(output.evalue, "2:9 - Type 'string' is bad. (and 1 more)");
  assert.deepEqual(output.traceback, [
    "2:9 - Type 'string' is bad.",
    "      const count: number = name;",
    "            ^",
    "lib/x.ts 3:1 - Other.",
  ]);
});

test("toErrorOutput() says so when nothing was printed", () => {
  const { output, used } = toErrorOutput([], "");
  assert.deepEqual([output.evalue, used], ["the cell failed and gave no reason", 0]);
});
