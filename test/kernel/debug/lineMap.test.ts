import assert from "node:assert/strict";
import { SourceMap } from "node:module";
import { test } from "node:test";
import ts from "typescript";
import { newLineMap } from "../../../lib/kernel/debug/lineMap";

const source = [
  "type Unused = string;",
  "",
  "export function sum(values: number[]): number {",
  "  let all: number = 0;",
  "  for (const value of values) all += value;",
  "",
  "  return all;",
  "}",
].join("\n");
const compilerOptions = { sourceMap: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
const { outputText, sourceMapText = "" } = ts.transpileModule(source, { compilerOptions });
const map = newLineMap(sourceMapText);

test("a place of compiled code was written where Node's reader of source maps says", () => {
  const reader = new SourceMap(JSON.parse(sourceMapText));
  let found = 0;
  for (const [index, text] of outputText.split("\n").entries())
    for (let column = 0; column < text.length; column++) {
      const place = map.written({ line: index + 1, column: column + 1 });
      if (!place) continue;
      const entry = reader.findEntry(index, column) as { originalLine: number; originalColumn: number };
      assert.deepEqual(place, { line: entry.originalLine + 1, column: entry.originalColumn + 1 });
      found++;
    }
  assert.ok(found > 100);
});

test("a written line is compiled to the line with its code; one without code to the next that has some", () => {
  const compiledText = (line: number) => outputText.split("\n")[map.compiled(line)!.line - 1].trim();
  assert.equal(compiledText(4), "let all = 0;");
  assert.equal(compiledText(7), "return all;");
  assert.equal(compiledText(6), "return all;");
  assert.equal(map.compiled(9), undefined);
});

test("code without a map was written as it is", () => {
  const plain = newLineMap(undefined);
  assert.deepEqual(plain.compiled(3), { line: 3, column: 1 });
  assert.deepEqual(plain.written({ line: 3, column: 7 }), { line: 3, column: 7 });
});
