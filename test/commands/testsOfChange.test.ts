import assert from "node:assert/strict";
import { test } from "node:test";
import { testGroups } from "../../lib/commands/testGroups";
import { testsOfChange } from "../../lib/commands/testsOfChange";

/** A small project: shop imports basket, basket imports price; the tests of both rooms, and one that imports nothing. */
const PROJECT: Record<string, string> = {
  "lib/money/price.ts": "export const price = 1;",
  "lib/money/basket.ts": 'import { price } from "./price";\nexport const basket = [price];',
  "lib/shop/shop.ts": 'import { basket } from "../money/basket";\nexport const shop = { basket };',
  "lib/text.ts": "export const text = '';",
  "test/money/price.test.ts": 'import { price } from "../../lib/money/price";',
  "test/money/started.test.ts": "",
  "test/shop/shop.test.ts": 'import { shop } from "../../lib/shop/shop";',
  "test/text.test.ts": 'import { text } from "../lib/text";',
  "test/lessons.test.ts": "",
  "test/setup.test.ts": "",
  "notebooks/01-shop.ipynb": "{}",
  "README.md": "",
};

const files = Object.keys(PROJECT);
const read = (file: string) => PROJECT[file];
const touched = (...changed: string[]) => testsOfChange(changed, { files, read }).files;

test("testsOfChange() finds tests that import what changed, through others too, the nearest first", () => {
  assert.deepEqual(touched("lib/shop/shop.ts"), ["test/shop/shop.test.ts"]);
  assert.deepEqual(touched("lib/money/price.ts"), [
    "test/money/price.test.ts",
    "test/money/started.test.ts",
    "test/shop/shop.test.ts",
  ]);
  assert.deepEqual(touched("test/text.test.ts"), ["test/text.test.ts"]);
});

test("testsOfChange() knows what no import tells: kernels, notebooks, the set-up, a file of lib itself", () => {
  assert.deepEqual(touched("lib/money/assembly/main.ts"), ["test/money/price.test.ts", "test/money/started.test.ts"]);
  assert.deepEqual(touched("lib/money/native/products.c"), ["test/money/price.test.ts", "test/money/started.test.ts"]);
  assert.deepEqual(touched("notebooks/01-shop.ipynb"), ["test/lessons.test.ts"]);
  assert.deepEqual(touched("package-lock.json"), ["test/setup.test.ts"]);
  assert.deepEqual(touched("lib/text.ts"), ["test/text.test.ts"]);
  assert.deepEqual(touched("README.md"), []);
});

test("testsOfChange() leaves out what takes longer than there is time, but never all", () => {
  const seconds = { "test/money/price.test.ts": 20, "test/money/started.test.ts": 30, "test/shop/shop.test.ts": 1 };
  const { files: kept, leftOut } = testsOfChange(["lib/money/price.ts"], { files, read, seconds, limit: 40 });
  assert.deepEqual([kept, leftOut], [["test/money/price.test.ts"], ["test/money/started.test.ts", "test/shop/shop.test.ts"]]); // prettier-ignore
  assert.deepEqual(testsOfChange(["lib/text.ts"], { files, read, limit: 1 }).files, ["test/text.test.ts"]);
});

test("testGroups() has a group for each room, the longest first, tours of their own, and threads where they are tried", () => {
  const groups = testGroups(["test/data/a.test.ts", "test/demo/page/tour.test.ts", "test/demo/b.test.ts", "test/text.test.ts", "test/kernel/io/c.test.ts", "test/data/x/d.test.ts", "test/compute/e.test.ts", "test/site/f.test.ts"]); // prettier-ignore
  assert.deepEqual(groups, [
    { name: "compute", files: ["test/compute/e.test.ts"], oneThread: false },
    { name: "kernel", files: ["test/kernel/io/c.test.ts"], oneThread: true },
    { name: "demo", files: ["test/demo/b.test.ts"], oneThread: true },
    { name: "demo/page tour", files: ["test/demo/page/tour.test.ts"], oneThread: true },
    { name: "site", files: ["test/site/f.test.ts"], oneThread: true },
    { name: "data", files: ["test/data/a.test.ts", "test/data/x/d.test.ts"], oneThread: true },
    { name: "text", files: ["test/text.test.ts"], oneThread: true },
  ]);
});
