import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import ts from "typescript";
import { type Compiler, isCell, parseModule } from "../../../lib/kernel/compiler/compiler";
import { newConverter } from "../../../lib/kernel/compiler/converter";
import { packageImports } from "../../../lib/kernel/compiler/packageImports";
import { newFallbackFiles } from "../../../lib/kernel/fallbackFiles";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "atelier-imports-")));
after(() => rmSync(folder, { recursive: true }));

const PACKAGES: Record<string, string> = {
  plain: "export declare const one: number;",
  other: "export declare const two: string;",
  whole: "declare const whole: { a: number }; export = whole;",
  script: "declare const seen: number;",
};
for (const [name, text] of Object.entries(PACKAGES)) {
  mkdirSync(join(folder, "node_modules", name), { recursive: true });
  writeFileSync(join(folder, "node_modules", name, "index.d.ts"), text);
  writeFileSync(join(folder, "node_modules", name, "package.json"), JSON.stringify({ name, types: "index.d.ts" }));
}
writeFileSync(join(folder, "own.ts"), "export const mine: string = 1;");

/** JavaScript's library and Node's declarations, which are read once. */
const parsed = new Map<string, ts.SourceFile>();

const newCells = () => {
  const parts = { ts: ts as Compiler, folder, fallback: newFallbackFiles(folder), kept: join(folder, "kept") };
  const known = { parsed: new Map(parsed) };
  const cells = newConverter({ ...parts, declared: "declare const given: number;", known });
  for (const [name, file] of known.parsed) if (!isCell(name)) parsed.set(name, file);
  return cells;
};

/** The code of a cell that needs no check; undefined for others. */
function early(source: string): string | undefined {
  const file = parseModule(ts as Compiler, { name: "/cell.ts", text: source }, { target: ts.ScriptTarget.ES2022 });
  const declarationsOf = (name: string) =>
    name in PACKAGES ? ts.createSourceFile(`${name}.d.ts`, PACKAGES[name], ts.ScriptTarget.ES2022) : undefined;
  return packageImports(ts as Compiler, file, declarationsOf)?.code;
}

test("imports of whole packages need no check", () => {
  assert.equal(
    early('import * as p from "plain"; // p\nimport * as q from "other"'),
    'const $module0 = require("plain"); p$.v = $cell.asNamespace($module0); // p\nconst $module1 = require("other"); q$.v = $cell.asNamespace($module1);',
  );
});

const CHECKED = [
  'import { one } from "plain"',
  'import one from "plain"',
  'import type * as p from "plain"',
  'import "plain"',
  'import * as p from "missing"',
  'import * as p from "whole"',
  'import * as p from "script"',
  'import * as p from "./own"',
  'import * as p from "plain"; p',
  'import * as p from "plain"; import * as p from "other"',
  'import * as undefined from "plain"',
  'import * as string from "plain"',
  'import * as p from "plain" with { type: "json" }',
  'import * as p from "plain',
  'import * as p\nfrom "plain"',
  '/// <reference types="missing" />\nimport * as p from "plain"',
  "",
];

for (const source of CHECKED)
  test(`is checked before it runs: ${JSON.stringify(source)}`, () => {
    assert.equal(early(source), undefined);
  });

test("the checker finds nothing in cells that need no check, and what is told of them is what it tells", () => {
  const source = 'import * as p from "plain"; import * as q from "other";';
  const [first, second] = [newCells(), newCells()];
  const cell = first.convert(source);
  assert.equal(first.isSettled(), false);
  const checked = second.convert(`${source} export {};`);
  assert.equal(second.isSettled(), true);
  assert.deepEqual(checked.diagnostics, []);
  assert.deepEqual([cell.declared, cell.imported, cell.isAsync], [checked.declared, checked.imported, checked.isAsync]);
  assert.deepEqual(cell.names, checked.names);
  assert.deepEqual(cell.uses?.(), checked.uses?.());
});

test("later cells know the types of a package whose import ran before its check, settled or not", () => {
  for (const settled of [true, false]) {
    const { convert, keep, settle, isSettled } = newCells();
    keep(convert('import * as p from "plain"'));
    if (settled) settle();
    assert.equal(isSettled(), settled);
    const wrong = convert("const text: string = p.one");
    assert.deepEqual(
      wrong.diagnostics.map(({ messageText }) => messageText),
      ["Type 'number' is not assignable to type 'string'."],
    );
    assert.deepEqual(convert("p.one + 1").diagnostics, []);
  }
});

test("an import that did not come to its end declares nothing", () => {
  const { convert, keep } = newCells();
  keep(convert('import * as p from "plain"'), () => false);
  assert.equal(convert("p").diagnostics[0].messageText, "Cannot find name 'p'.");
});

test("a name that an import declares anew has the import's type, and completions know it", () => {
  const { convert, keep, complete } = newCells();
  keep(convert("const p = { two: 2 }; p"));
  keep(convert('import * as p from "plain"'));
  assert.deepEqual(complete("p.", 2).entries.map(({ name }) => name), ["one"]); // prettier-ignore
  keep(convert('import * as p from "other"'));
  assert.deepEqual(convert("p.two.length").diagnostics, []);
});
