import assert from "node:assert/strict";
import { test } from "node:test";
import { newFiles } from "../../lib/demo/web/files";

const file = (name: string) => ({ name, type: "image/png", bytes: new Uint8Array(1000) });
const full = { status: 503, message: "There is no room for more files; try again in a minute." };

test("newFiles() drops what was asked for before what nobody has fetched, and refuses where all is still awaited", () => {
  const files = newFiles({ folder: "uploads", bytes: 3 * 1500, time: 60_000, safe: 60_000 });
  const [first, second, third] = ["a", "b", "c"].map((name) => files.keep(file(name)));
  assert.throws(() => files.keep(file("d")), full);
  assert.equal(files.get(second)?.name, "b");
  const fourth = files.keep(file("d"));
  assert.deepEqual([first, second, third, fourth].map((path) => files.get(path)?.name), ["a", undefined, "c", "d"]); // prettier-ignore
});

test("newFiles() bears any number of files, one after the other, of which each is fetched", () => {
  const files = newFiles({ folder: "uploads", bytes: 3 * 1500, time: 60_000, safe: 60_000 });
  for (let i = 0; i < 1000; i++) assert.ok(files.get(files.keep(file(`${i}`))));
});

test("newFiles() keeps nothing beyond its time", () => {
  const files = newFiles({ folder: "uploads", bytes: 10_000, time: -1 });
  assert.equal(files.get(files.keep(file("a"))), undefined);
});
