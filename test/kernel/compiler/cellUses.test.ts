import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import ts from "typescript";
import type { Compiler } from "../../../lib/kernel/compiler/compiler";
import type { CellUses } from "../../../lib/kernel/compiler/cellUses";
import { newConverter } from "../../../lib/kernel/compiler/converter";
import { newFallbackFiles } from "../../../lib/kernel/fallbackFiles";
import { knownForCells } from "../../../lib/kernel/knownForCells";
import { PROMPT_DECLARATION } from "../../../lib/kernel/prompt";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "atelier-uses-")));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(
  join(folder, "net.ts"),
  `export class Net { size = 1; grow() { this.size++; } layers: { rate: number }[] = []; }
export const fit = (net: Net, data: readonly number[]) => (net.size += data.length);
export const show = (net: Readonly<Net>) => net.size;
export const look = (net: Net) => print(net, [net.size]);
const print = (net: Net, sizes: number[]) => sizes.map((size) => size + net.size).join();
export const deep = ({ net }: { net: Net }, times = 1): void => (times > 0 ? deeper(times - 1, net) : undefined);
function deeper(times: number, ...nets: Net[]): void {
  for (const net of nets) net.layers.push({ rate: 1 });
  if (times > 0) deep({ net: nets[0] }, times);
}
export const ping = (net: Net, n: number): number => (n > 0 ? pong(net, n - 1) : net.size);
const pong = (net: Net, n: number): number => ping(net, n);
export declare const hidden: (net: object) => void;`,
);
writeFileSync(join(folder, "backend.ts"), "export const choose = (name: unknown) => name;");

const known = knownForCells(ts as Compiler, folder);
const parts = {
  ts: ts as Compiler,
  folder,
  fallback: newFallbackFiles(folder),
  kept: join(folder, "kept"),
  declared: PROMPT_DECLARATION,
};

/** What the last of these cells uses. */
function usesIn(cells: string[]): CellUses {
  const { convert, keep } = newConverter({ ...parts, known: { ...known, parsed: new Map(known.parsed) } });
  let last: CellUses | undefined;
  for (const source of cells) {
    const cell = convert(source);
    assert.deepEqual(cell.diagnostics, [], source);
    keep(cell);
    last = cell.uses?.();
  }
  return last!;
}

/** What it reads, writes and changes, as three lists of names in a line. */
function named({ reads, writes, changes }: CellUses): string {
  return [reads, writes, changes].map((names) => names.join(" ")).join(" | ");
}

/** Cells, the last of which has these uses. */
const CASES: Record<string, [string[], string][]> = {
  "reads names of earlier cells and writes what it declares or assigns": [
    [["const a = 1", "const b = a + 1"], "a | b | "],
    [["let n = 1", "n += 1"], "n | n | "],
    [["let n = 1", "n = 2"], " | n | "],
    [["let n = 1, m = 2", "[n, m] = [m, 3]"], "m | m n | "],
    [["let n = 1, o = { n: 2 }", "({ n } = o)"], "o | n | "],
    [["let n = 1", "for (n of [1, 2]) console.log(n)"], "n | n | "],
    [["const a = 1", "const o = { a }"], "a | o | "],
    [["const a = 1", "const o = { a: 1 }; o.a"], " | o | "],
    [["const a = 1", "{ const a = 2; console.log(a); }"], " |  | "],
    [["1"], " |  | "],
    [["await prompt('who?')"], " |  | "],
  ],
  "reads a name that it declares anew only before it has its own": [
    [["var n = 1", "var n = n + 1"], "n | n | "],
    [["let n = 1", "let n = 5; n += 1"], " | n | "],
    [["var n = 1", "var n: number; n++"], "n | n | "],
    [["let n = 1", "let n = 5; const f = () => n; f()"], " | f n | "],
    [["for (var i = 0; i < 2; i++);", "for (var i = 0; i < 2; i++);"], " | i | "],
  ],
  "reads types and imports": [
    [["interface Row { a: number }", "const row: Row = { a: 1 }"], "Row | row | "],
    [["type Row = { a: number }", "function f(row: Row) {}"], "Row | f | "],
    [["import { Net } from './net'", "const net = new Net()"], "Net | net | "],
    [["import * as all from './net'", "all.show(new all.Net())"], "all |  | "],
    [["const a = 1", "let b: typeof a"], "a | b | "],
  ],
  "reads what the functions that it uses read, through as many cells as there are": [
    [["const a = 1", "const f = () => a", "const b = f()"], "a f | b | "],
    [["const a = 1", "function f() { return a; }", "const g = () => f()", "g()"], "a f g |  | "],
    [["const a = 1", "const f = () => a"], "a | f | "],
    [["const a = 1", "class C { get() { return a; } }", "const c = new C()", "c.get()"], "a c |  | c"],
    [["const a = 1", "const make = () => () => a", "const f = make()", "f()"], "a f |  | "],
    [["const a = 1", "const o = { get: () => a }", "[1].map(o.get)"], "a o |  | "],
    [
      ["const f = (n: number): number => (n > 0 ? g(n - 1) : 0); function g(n: number) { return f(n); }", "f(2)"],
      "f g |  | ",
    ],
  ],
  "writes and changes what the functions that it calls do, not those that it only declares": [
    [["let n = 0", "const inc = () => n++"], "n | inc | "],
    [["let n = 0", "const inc = () => n++", "inc()"], "inc n | n | "],
    [["let n = 0", "const inc = () => n++; inc()"], "n | inc n | "],
    [["let n = 0", "[1].forEach(() => n++)"], "n | n | "],
    [["const xs = [1]", "const add = () => xs.push(2)"], "xs | add | "],
    [["const xs = [1]", "const add = () => xs.push(2)", "add()"], "add xs |  | xs"],
  ],
  "changes objects in place": [
    [["const o = { a: 1 }", "o.a = 2"], "o |  | o"],
    [["const o = { a: { b: 1 } }", "o.a.b++"], "o |  | o"],
    [["const o: { a?: 1 } = {}", "delete o.a"], "o |  | o"],
    [["const xs = [1]", "xs[0] = 2"], "xs |  | xs"],
    [["const xs = [3, 1]", "xs.sort()"], "xs |  | xs"],
    [["const xs = [3, 1]", "xs.map((x) => x + 1)"], "xs |  | "],
    [["const xs = [{ a: 1 }]", "for (const x of xs) x.a = 2"], "xs |  | xs"],
    [["const xs = [{ a: 1 }]", "xs.forEach((x) => (x.a = 2))"], "xs |  | xs"],
    [["const o = { a: { b: 1 } }", "const a = o.a", "a.b = 2"], "a o |  | a o"],
    [["const o = { a: { b: 1 } }", "const { a } = o; a.b = 2"], "o | a | a o"],
    [["const o = { a: 1 }", "Object.assign(o, { a: 2 })"], "o |  | o"],
    [["const o = { a: 1 }", "console.log(o, JSON.stringify(o), Object.keys(o))"], "o |  | "],
    [["let n = 1, s = 'a'", "const f = (...all: unknown[]) => all; f(n, s)"], "n s | f | "],
  ],
  "may change what it calls a method of, or gives to a function": [
    [
      ["import { Net, fit } from './net'; const net = new Net(), data = [1]", "fit(net, data)"],
      "data fit net |  | net",
    ],
    [["import { Net, show } from './net'; const net = new Net()", "show(net)"], "net show |  | "],
    [["import { Net } from './net'; const net = new Net()", "net.grow()"], "net |  | net"],
    [["import { Net } from './net'; const net = new Net()", "net.layers[0].rate = 1"], "net |  | net"],
    [["const o = { a: 1 } as const", "import { hidden } from './net'; hidden(o)"], "o | hidden | "],
    [["const o = { a: 1 }, n = 1", "import { hidden } from './net'; hidden({ n, o, all: [n] })"], "n o | hidden | o"],
    [
      ["import { Net, look, ping } from './net'; const net = new Net()", "look(net); ping(net, 2)"],
      "look net ping |  | ",
    ],
    [["import { Net, deep } from './net'; const net = new Net()", "deep({ net }, 2)"], "deep net |  | net"],
    [["const o = { a: 1 }", "const f = (x: { a: number }) => x.a, g = (x: { a: number }) => f(x); g(o)"], "o | f g | "],
    [
      ["const o = { a: 1 }", "const f = (x: { a: number }) => (x.a = 2), g = (x: { a: number }) => f(x); g(o)"],
      "o | f g | o",
    ],
    [["const o: any = {}", "o.go()"], "o |  | o"],
    [["const f = () => 1", "const run = (g: () => number) => g(); run(f)"], "f | run | "],
  ],
};

test("a cell acts where it calls a function for its effect alone, with no variable", () => {
  const imported = "import { choose } from './backend';";
  const acts = (source: string) => usesIn([imported, "const a = 1; const go = () => { choose('cpu'); }", source]).acts;
  for (const source of [
    "choose('cpu')",
    "await choose('cpu')",
    "if (a) { choose('cpu'); }",
    "go()",
    "const b = await choose('cpu')",
  ])
    assert.equal(acts(source), true, source);
  for (const source of [
    "choose(a)",
    "const b = choose('cpu')",
    "console.log('cpu')",
    "const f = () => choose('cpu')",
    "a",
  ])
    assert.equal(acts(source), false, source);
});

test("what a cell imports has a key, which changes with the files behind it", () => {
  const key = () => usesIn(["import { show } from './net'"]).imports;
  const before = key();
  assert.match(before ?? "", /^[0-9a-f]{64}$/);
  assert.equal(key(), before);
  writeFileSync(join(folder, "net.ts"), `${readFileSync(join(folder, "net.ts"), "utf8")}\nexport const more = 1;`);
  assert.notEqual(key(), before);
  assert.equal(usesIn(["import { join } from 'path'"]).imports, undefined);
});

for (const [what, cases] of Object.entries(CASES))
  test(`a cell ${what}`, () => {
    for (const [cells, wanted] of cases) assert.equal(named(usesIn(cells)), wanted, cells.join("\n"));
  });
