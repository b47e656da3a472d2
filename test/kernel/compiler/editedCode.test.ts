import assert from "node:assert/strict";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import type { Compiler } from "../../../lib/kernel/compiler/compiler";
import { type Converted, newConverter } from "../../../lib/kernel/compiler/converter";
import { newFallbackFiles } from "../../../lib/kernel/fallbackFiles";

const folder = tmpdir();
const parts = { ts: ts as Compiler, folder, fallback: newFallbackFiles(folder), kept: join(folder, "none") };
const { convert, keep } = newConverter({ ...parts, declared: "declare const given: number;" });
const first = converted(
  "const a = 1; let b = 2; const f = (x: number) => x; const o = { n: 1 }; const enum E { A = 3 }",
);

function converted(source: string): Converted {
  const cell = convert(source);
  assert.deepEqual(cell.diagnostics, [], source);
  keep(cell);
  return cell;
}

/** Cells whose text is edited: blanks and lines stay as they were written. */
const EDITED: [cell: string, code: string][] = [
  ["1  +  1", "$result.v = 1  +  1;"],
  ["const c = a ;  c", "c$.v = a$.v ;  $result.v = c$.v;"],
  ["let d: number  =  b\nd  + 1 // d", "d$.v  =  b$.v\n;$result.v = d$.v  + 1; // d".replace("\n;", ";\n")],
  ["f( a )\nf?.( b )", "(0, f$.v)( a$.v );\n$result.v = (0, f$.v)?.( b$.v );"],
  ["[ 1 ].map((a) => a + b)", "$result.v = [ 1 ].map((a) => a + b$.v);"],
  ["({ a,  b: b,  ...o })", "$result.v = ({ a: a$.v,  b: b$.v,  ...o$.v });"],
  ["b  +=  o.n\n;[ b ] = [ a ]", "b$.v  +=  o$.v.n\n;$result.v = [ b$.v ] = [ a$.v ];"],
  ["`${ a }${  o?.n }`  ;", "$result.v = `${ a$.v }${  o$.v?.n }`  ;"],
  ["new  Date( a ).valueOf()", "$result.v = new  Date( a$.v ).valueOf();"],
  ["given", "$result.v = given$.v;"],
];

for (const [cell, code] of EDITED)
  test(`is edited: ${JSON.stringify(cell)}`, () => {
    assert.equal(converted(cell).code, code);
  });

/** Cells that TypeScript writes, with one blank in place of two: they have types, names of functions, or more than expressions. */
const WRITTEN: [cell: string, code: RegExp][] = [
  ["a  as number", /^\$result\.v = a\$\.v;$/],
  ["E.A  + 1", /^\$result\.v = 3 \/\* E\.A \*\/ \+ 1;$/],
  ['E["A"]  + 1', /^\$result\.v = 3 .* \+ 1;$/],
  ["1  + 1, 2", /^\$result\.v = \(1 \+ 1, 2\);$/],
  ["const g = ()  => 1", /^g\$\.v = .*=> 1/],
  ["if (a  > 0) b = 1", /^if \(a\$\.v > 0\)\n {4}b\$\.v = 1;$/],
  ["true<!--b", /^\$result\.v = true < !--b\$\.v;$/],
  ["await  1", /await 1/],
  ["const h = 1,  i = 2", /^h\$\.v = 1;\ni\$\.v = 2;$/],
  ["(x: number)  => x", /^\$result\.v = \(x\) => x;$/],
];

for (const [cell, code] of WRITTEN)
  test(`is written by TypeScript: ${JSON.stringify(cell)}`, () => {
    assert.match(converted(cell).code ?? "", code);
  });

test("an edited cell's source map leads to the names that were written", () => {
  const source = "const k = a\no\n  .n.toFixed(k)";
  const { code = "", way } = converted(source);
  const maps = new SourceMap(JSON.parse(way[0]));
  for (const name of ["toFixed", "n.to", "k$.v)"]) {
    const before = code.slice(0, code.indexOf(name)).split("\n");
    const found = maps.findEntry(before.length - 1, before.at(-1)!.length) as Record<string, number>;
    const written = source.split("\n")[found.originalLine].slice(found.originalColumn);
    assert.ok(written.startsWith(name.replace("$.v", "")), `${name}: ${written}`);
  }
});

test("an edited cell tells the holders that its code uses", () => {
  const { names } = converted("const m = b; m + a");
  assert.deepEqual(Object.fromEntries(names.holders), { m: "m$", b: "b$", a: "a$" });
  assert.ok(first.names.holders.has("f"));
});
