import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { formatDiagnostic } from "../../lib/runner/formatDiagnostic";
import { joinCells } from "../../lib/runner/joinCells";
import { formatNotebook } from "../../lib/runner/formatNotebook";
import type { Cell } from "../../lib/runner/notebook";
import { typecheckCells } from "../../lib/runner/typecheckCells";
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

/** The first line of what is said about each mistake. */
const told = (...files: string[]) => typecheckCells(files).map((found) => formatDiagnostic(found).split("\n")[0]);

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
  assert.deepEqual(told(right, wrong), [
    `wrong.ipynb cell 2 (c3) 2:8 - error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'.`,
    `wrong.ipynb cell 3 (c4) 1:25 - error TS2307: Cannot find module './lib/nothing' or its corresponding type declarations.`,
    `wrong.ipynb cell 3 (c4) 2:12 - error TS7006: Parameter 'value' implicitly has an 'any' type.`,
    `wrong.ipynb cell 5 (c6) 1:1 - error TS18048: 'text' is possibly 'undefined'.`,
    `wrong.ipynb cell 5 (c6) 2:1 - error TS2304: Cannot find name 'later'.`,
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
    `error: { ${name} } fails in tslab when ${name} is of an earlier cell: { ${name}: ${name} } is wanted`;
  assert.deepEqual(told(file), [
    `short.ipynb cell 3 (c3) 2:4 - ${message("seed")}`,
    `short.ipynb cell 4 (c4) 1:4 - ${message("double")}`,
  ]);
});

test("typecheckCells() tells of cells that cannot be parsed, and then of no others", () => {
  const file = fileOf("syntax", code("undeclared"), code("const a = 1;\nconst b = ;"), code("}"));
  assert.deepEqual(told(file), [
    "syntax.ipynb cell 2 (c2) 2:11 - error TS1109: Expression expected.",
    "syntax.ipynb cell 3 (c3) 1:1 - error TS1128: Declaration or statement expected.",
  ]);
  assert.deepEqual(typecheckCells([]), []);
});

test("formatDiagnostic() shows the line of the cell with carets, also within an import of several lines", () => {
  const file = fileOf(
    "marked",
    code('import {\n  double,\n  treble,\n} from "./lib/double";'),
    prose("text"),
    code("const a = 1;\nif (a)\n\tdouble('2', a);\nconst nine: { size: number } = { size: `\n` };"),
  );
  assert.deepEqual(typecheckCells([file]).map((found) => formatDiagnostic(found).split("\n")), [
    [
      `marked.ipynb cell 1 (c1) 3:3 - error TS2305: Module '"./lib/double"' has no exported member 'treble'.`,
      "      treble,",
      "      ^^^^^^",
    ],
    [
      "marked.ipynb cell 2 (c3) 3:14 - error TS2554: Expected 1 arguments, but got 2.",
      "    \tdouble('2', a);",
      "    \t            ^",
    ],
    [
      "marked.ipynb cell 2 (c3) 4:34 - error TS2322: Type 'string' is not assignable to type 'number'.",
      "    const nine: { size: number } = { size: `",
      "                                     ^^^^",
    ],
  ]); // prettier-ignore
  const nowhere = { file: "a/b.ipynb", cell: 0, line: 0, column: 1, width: 0, id: "", text: "", message: "lost" };
  assert.equal(formatDiagnostic(nowhere), "b.ipynb - error: lost");
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
