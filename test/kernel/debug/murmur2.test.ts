import assert from "node:assert/strict";
import { test } from "node:test";
import { murmur2 } from "../../../lib/kernel/debug/murmur2";

// From JupyterLab's own function, packages/debugger/src/hash.ts, with the seed that kernels name.
const KNOWN: [string, number][] = [
  ["print(1)", 3773950048],
  ["let ä = 1;\nä", 3494807521],
];

for (const [code, hash] of KNOWN)
  test(`the hash of ${JSON.stringify(code)} is JupyterLab's`, () => assert.equal(murmur2(code, 0xc70f6907), hash));

test("texts of every length have hashes of their own", () => {
  const hashes = Array.from({ length: 40 }, (_, length) => murmur2("x".repeat(length), 7));
  assert.equal(hashes[0], 2193385065); // JupyterLab's for no text
  assert.equal(new Set(hashes).size, 40);
});
