import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { joinCells } from "../../lib/runner/joinCells";
import { formatNotebook } from "../../lib/runner/formatNotebook";
import type { Cell } from "../../lib/runner/notebook";
import { formatDiagnostic, typecheckCells } from "../../lib/runner/typecheckCells";
import { code, notebookOf, prose } from "./samples";

// A project of its own with our options and packages, whose notebooks reach their library by a link, as ours do.
const folder = mkdtempSync(join(tmpdir(), "atelier-test-"));
after(() => rmSync(folder, { recursive: true }));
const project = join(__dirname, "../..");
copyFileSync(join(project, "tsconfig.json"), join(folder, "tsconfig.json"));
symlinkSync(join(project, "node_modules"), join(folder, "node_modules"), "junction");
mkdirSync(join(folder, "rooms"));
writeFileSync(join(folder, "rooms", "double.ts"), "export const double = (value: number): number => 2 * value;\n");
symlinkSync(join(folder, "rooms"), join(folder, "lib"), "junction");

function fileOf(name: string, ...cells: Cell[]): string {
  const file = join(folder, `${name}.ipynb`);
  writeFileSync(file, formatNotebook(notebookOf(...cells)));
  return file;
}

test("typecheckCells() finds mistakes with their cells and lines, and nothing else, in several notebooks at once", () => {
  const right = fileOf(
    "right",
    prose("# A"),
    code('import { double } from "./lib/double";\nconst count: number = double(2);'),
    code(""),
    code('const mode: "a" | "b" = "a";\nlet total: number;\ntype Row = { id: number };\nclass Box { value = 1; }'),
    code(
      'import { double } from "./lib/double";\nimport * as path from "path";\nconst count: string = path.sep;\ncount',
    ),
    code("total = double(count.length);\nconst row: Row = { id: total + new Box().value };"),
    code('if (mode === "b") await Promise.resolve(row);\ncount.toUpperCase()'),
    code('throw new Error("wanted");', "raises-exception"),
    code("const bad: number = 'wanted';", "raises-exception"),
    code("const half = ;", "raises-exception"),
    code("let broken: number = 'skipped';", "skip-execution"),
    code("count.toUpperCase()"),
  );
  const wrong = fileOf(
    "wrong",
    code('import { double } from "./lib/double";'),
    prose("text"),
    code('// a comment\ndouble("2")'),
    code('import { missing } from "./lib/nothing";\nconst f = (value) => value;'),
    code("let text: string | undefined;\nlet more = 1;"),
    code("text.length;\nlater"),
    code("const later = 1;"),
  );
  assert.deepEqual(typecheckCells([right, wrong]).map(formatDiagnostic), [
    `wrong.ipynb cell 3 line 1: Cannot find module './lib/nothing' or its corresponding type declarations.`,
    `wrong.ipynb cell 2 line 2: Argument of type 'string' is not assignable to parameter of type 'number'.`,
    `wrong.ipynb cell 3 line 2: Parameter 'value' implicitly has an 'any' type.`,
    `wrong.ipynb cell 5 line 1: 'text' is possibly 'undefined'.`,
    `wrong.ipynb cell 5 line 2: Cannot find name 'later'.`,
  ]);
});

test("typecheckCells() finds the short form of a property that tslab loses, and only that", () => {
  const file = fileOf(
    "short",
    code('import { double } from "./lib/double";\nconst seed = 1;\n({ seed, double });'),
    code("const rate = 2;\nconst make = (depth: number) => ({ depth, rate });"),
    code("make(1);\n({ seed, rate: rate })"),
    code("({ double })"),
  );
  const message = (name: string) =>
    `{ ${name} } fails in tslab when ${name} is of an earlier cell: { ${name}: ${name} } is wanted`;
  assert.deepEqual(typecheckCells([file]).map(formatDiagnostic), [
    `short.ipynb cell 3 line 2: ${message("seed")}`,
    `short.ipynb cell 4 line 1: ${message("double")}`,
  ]);
});

test("typecheckCells() tells of cells that cannot be parsed, and then of no others", () => {
  const file = fileOf("syntax", code("undeclared"), code("const a = 1;\nconst b = ;"), code("}"));
  assert.deepEqual(typecheckCells([file]).map(formatDiagnostic), [
    "syntax.ipynb cell 2 line 2: Expression expected.",
    "syntax.ipynb cell 3 line 1: Declaration or statement expected.",
  ]);
  assert.deepEqual(typecheckCells([]), []);
});

test("joinCells() imports a name once and keeps the columns of code beside an import", () => {
  const { text, places } = joinCells(
    notebookOf(
      code('import a, { b, type C } from "x"; a;'),
      code('import a, { b, d as e } from "x";\nimport "y";\nimport * as z from "z";'),
      code('import * as z from "z";\nz'),
    ),
  );
  assert.equal(
    text,
    [
      'import a, { b, type C } from "x";',
      'import { d as e } from "x";',
      'import "y";',
      'import * as z from "z";',
      "",
      "export {};",
      "export async function cell1() {",
      `${" ".repeat(34)}a;`,
      "async function cell2() {",
      " ".repeat(33),
      " ".repeat(11),
      " ".repeat(23),
      "async function cell3() {",
      " ".repeat(23),
      "z",
      "}}}",
    ].join("\n"),
  );
  assert.deepEqual(places[2], { cell: 2, line: 2 });
  assert.deepEqual(places[14], { cell: 3, line: 2 });
});
