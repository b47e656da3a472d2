import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type LiveKernel, shownBy, startLiveKernel } from "./liveKernel";

let folder: string;
let kernel: LiveKernel;
before(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "atelier-imported-")));
  kernel = await startLiveKernel(folder);
});
after(async () => {
  await kernel.end();
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

const shown = (code: string) => shownBy(kernel, code);

/** As `shown`, once it is what is wanted: changes of files are heard of by and by. */
async function becomes(code: string, wanted: string | RegExp): Promise<void> {
  const start = Date.now();
  for (; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const text = await shown(code);
    if (typeof wanted === "string" ? text === wanted : wanted.test(text)) return;
    if (Date.now() - start > 10_000) assert.fail(`${code} still gives ${text}`);
  }
}

test("a kernel in a folder without node_modules imports tslab, Node's modules and files beside the notebook", async () => {
  write("area.ts", "export function area(side: number): number { return side * side; }");
  assert.equal(await shown('import { area } from "./area"; import { basename } from "node:path"; area(3)'), "9");
  assert.equal((await kernel.run('import * as tslab from "tslab"; tslab.display.text("x")')).content.status, "ok");
});

test("a file that changes is compiled again, and one that imports it is checked again", async () => {
  write("price.ts", "export const price: number = 5;");
  write("bill.ts", 'import { price } from "./price";\nexport const bill = (count: number): number => count * price;');
  assert.equal(await shown('import { bill } from "./bill"; bill(2)'), "10");
  write("price.ts", 'export const price: string = "five";');
  await becomes('import { bill } from "./bill"; bill(2)', /^bill\.ts 2:\d+ - error TS2363/);
  write("price.ts", "export const price: number = 7;");
  await becomes('import { bill } from "./bill"; bill(2)', "14");
});

test("a file that was missing is found once it is there", async () => {
  assert.match(await shown('import { late } from "./late"; late'), /TS2307: Cannot find module '\.\/late'/);
  write("late.ts", 'export const late = "here";');
  await becomes('import { late } from "./late"; late', "here");
});

test("what a file declares for all counts for the others, also for those that were checked before", async () => {
  write("pile.ts", "export class Pile extends Array<number> { size = 3; }");
  assert.equal(await shown('import { Pile } from "./pile"; new Pile().size'), "3");
  write("sized.ts", "declare global { interface Array<T> { size: string } }\nexport const sized = true;");
  assert.match(
    await shown('import { Pile } from "./pile"; import { sized } from "./sized";'),
    /^pile\.ts 1:43 - error TS2416/,
  );
});

test("a library file may end in an expression, and an error in it tells of its own line", async () => {
  write(
    "steps.ts",
    "interface Gone { a: number }\nconst steps: string[] = [];\nexport { steps };\nsteps.push('last');",
  );
  assert.equal(await shown('import { steps } from "./steps"; steps[0]'), "last");
  write(
    "deep.ts",
    'interface Gone { a: number }\n\nexport function dig(depth: number): never {\n  throw new Error("rock");\n}',
  );
  const { traceback } = (await kernel.run('import { dig } from "./deep";\n\ndig(3);')).content;
  assert.deepEqual((traceback as string[]).slice(0, 2), ["Error: rock", "    at dig (deep.ts:4:9)"]);
  assert.match(traceback[2], /^ {4}at cell \d+:3:\d$/);
});

test("a short property speaks of the variable of an earlier cell, however deep, also where it is assigned to", async () => {
  await kernel.run("const seed = 42; let last = 0; const options = { a: 1 };");
  assert.equal(
    await shown("JSON.stringify([{ seed }, (() => ({ inner: { options, seed } }))()])"),
    '[{"seed":42},{"inner":{"options":{"a":1},"seed":42}}]',
  );
  assert.equal(await shown("const taken = ({ last } = { last: 7 }); last"), "7");
  assert.equal(await shown("({ last = seed } = {} as { last?: number }); last"), "42");
  assert.equal(await shown("const own = 5; JSON.stringify({ own, seed })"), '{"own":5,"seed":42}');
  assert.equal(await shown("((seed: string) => JSON.stringify({ seed }))('local')"), '{"seed":"local"}');
  const { traceback } = (await kernel.run("const f = () => ({ seed, x: 1 });\nthrow new Error('here');")).content;
  assert.match(traceback[1], /cell \d+:2:7$/);
});

test("a package that is an ES module only is imported, with its types", async () => {
  const home = join(folder, "node_modules", "only-esm");
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, "package.json"),
    '{ "name": "only-esm", "version": "1.0.0", "type": "module", "main": "index.js", "types": "index.d.ts" }',
  );
  writeFileSync(join(home, "index.js"), "export const answer = 42; export default function twice(x) { return 2 * x; }");
  writeFileSync(
    join(home, "index.d.ts"),
    "export declare const answer: number; export default function twice(x: number): number;",
  );
  await becomes('import twice, { answer } from "only-esm"; twice(answer)', "84");
  assert.match(await shown("twice('a')"), /TS2345/);
});

test("what a cell has imported keeps its type, whatever later cells import", async () => {
  write("circle.ts", "export const radius = (of: string): number => of.length;");
  write("cube.ts", "export const edge = 3;");
  await kernel.run("const nothing = 0;");
  await kernel.run('import { basename as nameOf } from "node:path";');
  await kernel.run('import { radius } from "./circle";');
  await kernel.run('import { radius as again } from "./circle";');
  await kernel.run('import { edge } from "./cube";');
  assert.match(await shown("radius(5)"), /TS2345/);
  assert.match(await shown("again(5)"), /TS2345/);
  assert.match(await shown("nameOf(5)"), /TS2345/);
  assert.equal(await shown('radius("abc") + again("de") + edge'), "8");
});
