import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { caughtAt } from "../../../lib/kernel/debug/caughtAt";

/** Whether what is thrown at the mark is caught. */
function isCaught(marked: string): boolean {
  const before = marked.slice(0, marked.indexOf("¶")).split("\n");
  return caughtAt(ts, marked.replace("¶", ""), { line: before.length, column: before.at(-1)!.length + 1 });
}

const CASES: [string, boolean][] = [
  ["try {\n  ¶fails();\n} catch {}", true],
  ["try {\n  fails();\n} catch {\n  ¶fails();\n}", false],
  ["try {\n  fails();\n} catch {} finally {\n  ¶fails();\n}", false],
  ["try {\n  ¶fails();\n} finally {}", false],
  ["try {\n  try {\n    ¶fails();\n  } finally {}\n} catch {}", true],
  ["try {\n  list.map((x) => ¶fails(x));\n} catch {}", false],
  ["¶fails();", false],
];

for (const [marked, caught] of CASES)
  test(`${JSON.stringify(marked)} is ${caught ? "" : "not "}caught`, () => assert.equal(isCaught(marked), caught));
