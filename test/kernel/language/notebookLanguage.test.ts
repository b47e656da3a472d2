import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { newWrittenCells } from "./writtenCells";

const notebook = newWrittenCells();
const { language, write, textAt, edited, file } = notebook;
after(notebook.remove);

/** The errors of a cell, each with the text that it is about. */
const errors = (cell: string) =>
  language
    .messages(cell)
    .filter(({ severity }) => severity === "error")
    .map(({ text, ...range }) => `${textAt({ cell, range })}: ${text}`);
const hints = (cell: string) => language.messages(cell).filter(({ severity }) => severity !== "error");

test("a cell's errors are those for which the kernel would refuse it, with the cells before it in the notebook's order", () => {
  write("const price: number = 'x'", "price.toFixed(); later", "const later = 1; later");
  assert.deepEqual(errors("0"), ["price: Type 'string' is not assignable to type 'number'."]);
  assert.deepEqual(errors("1"), ["later: Cannot find name 'later'."]);
  assert.deepEqual(errors("2"), []);
  write("const price: number = 2", "const later = 1", "price.toFixed(); later");
  assert.deepEqual(["0", "1", "2"].flatMap(errors), []);
});

test("what the kernel takes is no error: await, a name declared anew, export, JSX, declare global, a question, prompt", () => {
  const cells = [
    "const wait = await Promise.resolve(1); export const kept = wait; export default 3;",
    "let wait = 'text'; wait.length; kept.toFixed()",
    "declare global { interface Array<T> { firstOne(): T } }",
    "[1].firstOne().toFixed(); const asked: string | null = prompt('name?')",
    "asked?",
    "function twice(x: number): number { return 2 * x }",
    "function twice(x: string): string { return x + x }",
    "twice('a').length",
    "interface Box { a: number }",
    "const Box = { b: 1 }; const box: Box = { a: Box.b }",
  ];
  write(...cells);
  assert.deepEqual(cells.flatMap((_, index) => errors(String(index))), []); // prettier-ignore
});

test("a message has the kernel's cure, and speaks of an imported file at its import", () => {
  write("%time 1", "import { no } from './missing'", "document.title");
  assert.match(errors("0")[0], /^%time 1: %time is a command of IPython/);
  assert.match(errors("1")[0], /^'\.\/missing': Cannot find module '.\/missing'.*\nThere is no such file/);
  assert.match(errors("2")[0], /Cells run in Node, where there is no page/);
  file("wrong.ts", "export const size: number = 'x';\n");
  write("import { size } from './wrong'; size");
  assert.deepEqual(errors("0"), ["'./wrong': wrong.ts 1:14: Type 'string' is not assignable to type 'number'."]);
  file("wrong.ts", "export const size: number = 1000;\n");
  write("import { size } from './wrong'; size");
  assert.deepEqual(errors("0"), [], "the file is seen to have changed");
});

test("hints are about code that does nothing; what later cells may use is not among that", () => {
  write(
    "import { join, sep } from 'node:path'; const x = 1; function f(a: number) { const idle = 2; return a }",
    "sep",
  );
  const texts = hints("0").map(({ start, end, isUnnecessary }) => [textAt({ cell: "0", range: { start, end } }), isUnnecessary]); // prettier-ignore
  assert.deepEqual(texts, [
    ["join", true],
    ["idle", true],
  ]);
  write("/** @deprecated take g */\nfunction f() {}\nf()");
  assert.deepEqual(
    hints("0").map(({ isDeprecated, start }) => [isDeprecated, start.line]),
    [[true, 2]],
  );
});

test("a change in a cell is seen in the cells below, and only names that are read there count", () => {
  write("const size = 1", "const other = size", "other.toFixed()");
  assert.deepEqual(errors("2"), []);
  write("const size = 'a' as string", "const other = size", "other.toFixed()");
  assert.match(errors("2")[0], /^toFixed: Property 'toFixed' does not exist on type 'string'/);
  write("const other = 2", "other.toFixed()");
  assert.deepEqual(errors("1"), [], "a cell was taken out");
  language.update([{ id: "0", text: "other.toFixed()" }, { id: "1", text: "const other = 2" }]); // prettier-ignore
  assert.equal(language.messages("0").length, 1, "the cells changed places");
});

test("completion knows the names of earlier cells, members, and what could be imported", () => {
  const names = (at: ReturnType<typeof write>) => language.completions(at.cell, at.at).items.map(({ name }) => name);
  assert.deepEqual(names(write("const planets = { venus: 1, mars: () => 2 }", "planets.¦")), ["mars", "venus"]);
  assert.deepEqual(names(write("const planets = 1", "plan¦")).slice(0, 1), ["planets"]);
  assert.ok(!names(write("plan¦", "const planets = 1")).includes("planets"), "it comes later");
  const place = write("// @profile\nconst a = 1; existsSy¦");
  const { items, range } = language.completions(place.cell, place.at);
  const item = items.find(({ module }) => module === "node:fs")!;
  assert.deepEqual([item.name, item.kind, textAt({ cell: "0", range })], ["existsSync", "function", "existsSy"]);
  const { edits } = language.details(place.cell, place.at, item);
  assert.deepEqual(edited(edits), ['// @profile\nimport { existsSync } from "node:fs";\nconst a = 1; existsSy']);
});

test("an import goes beside what the cell imports from the module already", () => {
  file(
    "shapes.ts",
    "export function drawCircle() {}\n/** @internal */\nexport const drawSecret = 1;\nexport interface DrawOptions {}\n",
  );
  const taken = (text: string) => {
    const place = write(text);
    const item = language.completions(place.cell, place.at).items.find(({ module }) => module === "./shapes")!;
    return edited(language.details(place.cell, place.at, item).edits)[0];
  };
  assert.equal(taken('import { DrawOptions } from "./shapes";\ndrawCir¦'), 'import { DrawOptions, drawCircle } from "./shapes";\ndrawCir'); // prettier-ignore
  assert.equal(taken("import * as s from './shapes';\ndrawCir¦"), "import * as s from './shapes';\nimport { drawCircle } from \"./shapes\";\ndrawCir"); // prettier-ignore
  assert.equal(taken("import { } from './shapes';\ndrawCir¦"), "import {  drawCircle } from './shapes';\ndrawCir");
  const hidden = write("drawSec¦");
  assert.deepEqual(language.completions(hidden.cell, hidden.at).items, []);
});

test("paths of imports are completed: of the folder, of the library behind it, of packages and of Node", () => {
  const names = (text: string) => {
    const { cell, at } = write(text);
    const { items, range } = language.completions(cell, at);
    return [textAt({ cell, range }), items.map(({ name }) => name)] as const;
  };
  assert.ok(names('import { } from "./¦"')[1].includes("lib"));
  const [replaced, rooms] = names('import { } from "./lib/¦"');
  assert.equal(replaced, "");
  for (const room of ["vision", "chart", "random"]) assert.ok(rooms.includes(room), room);
  assert.deepEqual(names('import { } from "./lib/vision/cn¦"'), ["cn", ["cnn"]]);
  assert.deepEqual(names('import { } from "node:f¦"'), ["node:f", ["node:fs", "node:fs/promises"]]);
  assert.deepEqual(names('import { } from "arq¦"'), ["arq", ["arquero"]]);
  assert.ok(names('const a = await import("./lib/ch¦")')[1].includes("chart"));
  assert.ok(names('import { ¦ } from "./lib/vision/cnn"')[1].includes("buildCnn"));
});

test("signature help tells the parameters of functions of other cells and the one at the cursor", () => {
  const { cell, at } = write("/** Joins.\n * @param b the second */\nfunction both(a: string, b: number) { return a + b }", "both('x', ¦)"); // prettier-ignore
  const { signatures, active, parameter } = language.signatures(cell, at)!;
  const { label, documentation, parameters } = signatures[active];
  assert.deepEqual([label, documentation, parameter], ["both(a: string, b: number): string", "Joins.", 1]);
  assert.equal(label.slice(...parameters[1].label), "b: number");
  assert.equal(parameters[1].documentation, "the second");
  const outside = write("¦1 + 1");
  assert.equal(language.signatures(outside.cell, outside.at), undefined);
});

test("hover tells the type, with documentation and examples", () => {
  const { cell, at } = write(
    "/** Doubles.\n * @example\n * dou(2) // 4\n */\nconst dou = (x: number) => 2 * x",
    "d¦ou(3)",
  );
  const { markdown, range } = language.hover(cell, at)!;
  assert.match(markdown, /^```typescript\nconst dou: \(x: number\) => number\n```\n\nDoubles\.\n\n\*@example\*\n\n```typescript\ndou\(2\) \/\/ 4\n```$/); // prettier-ignore
  assert.equal(textAt({ cell, range }), "dou");
  assert.equal(language.hover("none", at), undefined);
  assert.equal(language.hover(cell, { line: 99, character: 0 }), undefined);
});

test("hover shows a function of this library with the example that its page of the reference shows", () => {
  const { cell, at } = write("import { buildCnn } from './lib/vision/cnn'", "build¦Cnn()");
  const { markdown, plain } = language.hover(cell, at)!;
  assert.match(
    markdown,
    /\*@example\*\n\n```typescript\nimport \{ buildCnn.*\} from "\.\/lib\/vision\/cnn";\n[^`]*buildCnn\(/,
  );
  assert.equal(plain.split("@example").length, 2);
  const own = write("function buildCnn() { return 1 }", "build¦Cnn()");
  assert.doesNotMatch(language.hover(own.cell, own.at)!.markdown, /@example/);
});

test("the text of a file is told where a cell imports it, and of no other file", () => {
  const { cell, at } = write("import { buildCnn } from './lib/vision/cnn'; build¦Cnn");
  const [{ file: found, range }] = language.definition(cell, at);
  assert.match(language.source(found!)!.split("\n")[range.start.line], /function buildCnn\(/);
  assert.deepEqual([language.source(__filename), language.source("")], [undefined, undefined]);
});

test("a definition is found in other cells, in files, and in the library behind the folder", () => {
  const at = write("const first = 1", "first + fi¦rst");
  const [found] = language.definition(at.cell, at.at);
  assert.deepEqual([found.cell, textAt(found)], ["0", "first"]);
  const inFile = write("import { drawCircle } from './shapes'", "drawCi¦rcle()");
  const [place] = language.definition(inFile.cell, inFile.at);
  assert.deepEqual([place.file, place.range.start], [join(notebook.folder, "shapes.ts"), { line: 0, character: 16 }]);
  const inLibrary = write("import { buildCnn } from './lib/vision/cnn'; build¦Cnn");
  assert.equal(language.definition(inLibrary.cell, inLibrary.at)[0].file, join(__dirname, "../../../lib/vision/cnn.ts")); // prettier-ignore
});

test("references are found in all cells that mean the same name, the declaration among them", () => {
  const { cell, at } = write(
    "let n = 1; n",
    "function f() { return n }",
    "{ let n = 2; n }",
    "¦n + f()",
    "let n = 'new'",
    "n",
  );
  const found = language.references(cell, at);
  assert.deepEqual(
    found.map(({ cell: id, range }) => `${id}:${range.start.character}`),
    ["0:4", "0:11", "1:22", "3:0"],
  );
  const member = write("interface Item { price: number }", "const item: Item = { price: 1 }", "item.pr¦ice");
  assert.deepEqual(language.references(member.cell, member.at).map((one) => one.cell), ["0", "1", "2"]); // prettier-ignore
});

test("rename changes all cells that mean the name, and keeps what others call by it", () => {
  const renamed = (newName: string, ...texts: string[]) => {
    const { cell, at } = write(...texts);
    return edited(language.rename(cell, at, newName));
  };
  assert.deepEqual(
    renamed(
      "cost",
      "const price = 2",
      "const o = { price, other: price }",
      "o.price + pri¦ce",
      "{ const price = 1; price }",
    ),
    ["const cost = 2", "const o = { price: cost, other: cost }", "o.price + cost", "{ const price = 1; price }"],
  );
  assert.deepEqual(renamed("circle", "import { drawCircle } from './shapes'", "drawCir¦cle()"), [
    "import { drawCircle as circle } from './shapes'",
    "circle()",
  ]);
  assert.deepEqual(renamed("q", "const { a, b: [c] } = { a: 1, b: [2] }", "¦a + c"), ["const { a: q, b: [c] } = { a: 1, b: [2] }", "q + c"]); // prettier-ignore
  assert.deepEqual(renamed("q", "export const a = 1; export { a as z }", "¦a"), ["export const q = 1; export { q as z }", "q"]); // prettier-ignore
  assert.deepEqual(renamed("cost", "interface Item { price: number }", "const i: Item = { price: 1 }", "i.pri¦ce"), [
    "interface Item { cost: number }",
    "const i: Item = { cost: 1 }",
    "i.cost",
  ]);
  assert.deepEqual(renamed("q", "function f(a¦: number) { return a }", "const a = 1"), ["function f(q: number) { return q }", "const a = 1"]); // prettier-ignore
});

test("rename says why it cannot be", () => {
  const refused = (newName: string, message: RegExp, ...texts: string[]) => {
    const { cell, at } = write(...texts);
    assert.throws(() => language.rename(cell, at, newName), { name: "RangeError", message });
  };
  refused("b", /^a cannot be named b: cell 2 has that name already$/, "const ¦a = 1", "const b = 2; a + b");
  refused("b", /cell 2 has that name already/, "const ¦a = 1", "function f(b: number) { return a + b }");
  refused("console", /cell 2 has that name already/, "const ¦a = 1", "console.log(a)");
  refused("new", /^"new" is not a name that a variable can have$/, "const ¦a = 1");
  refused("1a", /is not a name/, "const ¦a = 1");
  refused("other", /cannot rename/i, "¦1 + 1");
  file("typed.ts", "export interface Typed { size: number }\n");
  refused("other", /^size is declared in .*typed\.ts; rename it there$/, "import type { Typed } from './typed'; const t: Typed = { size: 1 }; t.si¦ze"); // prettier-ignore
  const { cell, at } = write("const ab¦c = 1");
  assert.equal(language.renamed(cell, at)?.name, "abc");
});

test("fixes import a name, mend its spelling, and do what TypeScript offers", () => {
  const fixes = (...texts: string[]) => {
    const { cell, at } = write(...texts);
    return language.fixes(cell, { start: at, end: at }).map(({ title, edits }) => [title, edited(edits)[Number(cell)]]);
  };
  assert.deepEqual(fixes("drawCir¦cle()"), [
    ['Import drawCircle from "./shapes"', 'import { drawCircle } from "./shapes";\ndrawCircle()'],
  ]);
  assert.deepEqual(fixes("const planets = 1", "plan¦ts"), [["Change it to planets", "planets"]]);
  const [[title, text]] = fixes("function f() { aw¦ait 1 }");
  assert.deepEqual([title, text], ["Add async modifier to containing function", "async function f() { await 1 }"]);
});

test("a cell that is a module is there for others", () => {
  write("/** @module shared */\nexport const size = 3;", "import { size } from './shared'; const s: string = size");
  assert.deepEqual(errors("1"), ["s: Type 'number' is not assignable to type 'string'."]);
  write("/** @module shared */\nexport const size = 'a';", "import { size } from './shared'; const s: string = size");
  assert.deepEqual(errors("1"), []);
});
