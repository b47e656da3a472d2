import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { buildCoo, type Coo } from "../../lib/recommend/coo";
import { toInteractionBlocks } from "../../lib/recommend/interactionBlocks";
import { openInteractionFile } from "../../lib/recommend/interactionFile";
import { writeInteractionFile } from "../../lib/recommend/writeInteractionFile";
import { plantedTastes } from "./checkerboard";
import { tempFolder } from "./tempFolder";

const matrix = (values?: number[]) =>
  buildCoo({ rows: 4, columns: 6, rowIndices: [0, 2, 2, 1], columnIndices: [5, 0, 3, 3], values });

/** Blocks put together again. */
function joined(blocks: Iterable<Coo>): number[][] {
  return [...blocks].flatMap(({ rowIndices, columnIndices, values }) =>
    Array.from(values, (value, i) => [rowIndices[i], columnIndices[i], value]),
  );
}

test("toInteractionBlocks() gives back what writeInteractionFile() wrote, in its order, from a file as from memory", async (context) => {
  const file = path.join(tempFolder(context), "deep", "a.bin");
  const tastes = plantedTastes();
  for (const interactions of [matrix(), matrix([3, -2, 0, 0.5]), tastes]) {
    const { rows, columns, values } = interactions;
    const written = await writeInteractionFile(file, interactions);
    assert.deepEqual(written, openInteractionFile(file));
    assert.deepEqual([written.rows, written.columns, written.length], [rows, columns, values.length]);
    assert.equal(written.negatives, values.filter((value) => value <= 0).length);
    for (const block of [1, 3, 1000, undefined]) {
      const blocks = [...toInteractionBlocks(written, { block })];
      const inMemory = [...toInteractionBlocks(interactions, { block })];
      const signs = joined(inMemory).map(([user, item, value]) => [user, item, value > 0 ? 1 : -1]);
      assert.deepEqual(joined(blocks), signs);
      assert.deepEqual(blocks.map((one) => one.values.length), inMemory.map((one) => one.values.length)); // prettier-ignore
      assert.ok(blocks.every((one) => one.rows === rows && one.columns === columns));
    }
  }
  assert.deepEqual(fs.readdirSync(path.dirname(file)), ["a.bin"]);
  assert.throws(() => toInteractionBlocks(tastes, { block: 0 }), {
    name: "RangeError",
    message: "toInteractionBlocks(): block 0 is not an integer of 1 or more",
  });
});

test("a file without interactions is one", async (context) => {
  const file = await writeInteractionFile(path.join(tempFolder(context), "a.bin"), [], { users: 3, items: 2 });
  assert.deepEqual([file.rows, file.columns, file.length], [3, 2, 0]);
  assert.deepEqual(joined(toInteractionBlocks(file)), []);
});

test("openInteractionFile() refuses a file of another kind or version, and one cut short or too long, in one line", async (context) => {
  const folder = tempFolder(context);
  const file = path.join(folder, "a.bin");
  await writeInteractionFile(file, matrix());
  const whole = fs.readFileSync(file);
  const refused = (bytes: Uint8Array, message: string) => {
    fs.writeFileSync(file, bytes);
    assert.throws(() => openInteractionFile(file), { name: "SyntaxError", message: `${file} ${message}` });
  };
  const foreign = "is no file of interactions; write one with writeInteractionFile";
  refused(new Uint8Array(0), foreign);
  refused(Buffer.from("user,item\n1,2\n"), foreign);
  const cut = "it was cut short or written to; write it anew, or take another copy";
  refused(whole.subarray(0, 30), `has 30 bytes, wanted 72 at least; ${cut}`);
  refused(whole.subarray(0, 103), `has 103 bytes, wanted 104; ${cut}`);
  refused(Buffer.concat([whole, Buffer.of(0)]), `has 105 bytes, wanted 104; ${cut}`);
  const later = Buffer.from(whole);
  later[8] = 7;
  refused(later, "is a file of interactions in version 7 of the form, this code reads version 1; write it anew");
  assert.throws(() => openInteractionFile(path.join(folder, "none.bin")), { code: "ENOENT" });
});

test("toInteractionBlocks() refuses a file that is damaged anywhere, or was replaced since it was opened", async (context) => {
  const file = path.join(tempFolder(context), "a.bin");
  const written = await writeInteractionFile(file, matrix());
  const whole = fs.readFileSync(file);
  const damaged = `${file} is damaged, its interactions do not match its checksum; write it anew, or take another copy`;
  for (let place = 12; place < whole.length; place++) {
    if (place >= 20 && place < 32) continue; // four zeros, and the length, which does not fit the size then
    const bytes = Buffer.from(whole);
    bytes[place] ^= 1;
    fs.writeFileSync(file, bytes);
    const read = () => joined(toInteractionBlocks(openInteractionFile(file)));
    assert.throws(read, { name: "SyntaxError", message: damaged }, `byte ${place}`);
  }
  await writeInteractionFile(file, matrix([1, 1, 1, -1]));
  assert.throws(() => joined(toInteractionBlocks(written)), {
    name: "SyntaxError",
    message: `${file} has other interactions than when it was opened; open it again`,
  });
});

test("toInteractionBlocks() notices that a file is cut while it is read", async (context) => {
  const file = await writeInteractionFile(path.join(tempFolder(context), "a.bin"), plantedTastes());
  const blocks = toInteractionBlocks(file, { block: 100 })[Symbol.iterator]();
  blocks.next();
  fs.truncateSync(file.path, 1000);
  assert.throws(() => blocks.next(), {
    name: "SyntaxError",
    message: `${file.path} was cut short while it was read; write it anew, or take another copy`,
  });
});
