import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { buildCoo, type Coo } from "../../lib/recommend/coo";
import { buildDataset } from "../../lib/recommend/dataset";
import { toInteractionBlocks } from "../../lib/recommend/interactionBlocks";
import type { InteractionFile } from "../../lib/recommend/interactionFile";
import { writeInteractionFile, type FileRows } from "../../lib/recommend/writeInteractionFile";
import { tempFolder } from "./tempFolder";

const pairsOf = (file: InteractionFile) =>
  [...toInteractionBlocks(file)].flatMap(({ rowIndices, columnIndices }) =>
    Array.from(rowIndices, (user, i) => [user, columnIndices[i]]),
  );

async function* stream(rows: Iterable<FileRows>): AsyncGenerator<FileRows> {
  yield* rows;
}

const some = (): FileRows[] => [
  [3, 1],
  { users: Int32Array.of(0, 2), items: [5, 0] },
  buildCoo({ rows: 7, columns: 4, rowIndices: [6], columnIndices: [3] }),
];
const PAIRS = [[3, 1], [0, 5], [2, 0], [6, 3]]; // prettier-ignore

test("writeInteractionFile() takes rows, columns and matrices, at once or as a stream", async (context) => {
  const file = path.join(tempFolder(context), "a.bin");
  for (const rows of [some(), stream(some()), new Set(some())]) {
    const written = await writeInteractionFile(file, rows);
    assert.deepEqual([written.rows, written.columns], [7, 6]);
    assert.deepEqual(pairsOf(written), PAIRS);
  }
  const larger = await writeInteractionFile(file, some(), { users: 20, items: 30 });
  assert.deepEqual([larger.rows, larger.columns], [20, 30]);
  assert.deepEqual(pairsOf(await writeInteractionFile(file, { users: [0, 2], items: [5, 0] })), [[0, 5], [2, 0]]); // prettier-ignore
});

test("writeInteractionFile() with a data set registers the names that are new", async (context) => {
  const file = path.join(tempFolder(context), "a.bin");
  const dataset = buildDataset({ users: ["Ann", "Bob"], items: ["tent"] });
  const rows: FileRows[] = [["Bob", "tent"], { users: ["Eve", 7], items: ["rope", "tent"] }];
  const written = await writeInteractionFile(file, rows, { dataset });
  assert.deepEqual(pairsOf(written), [[1, 0], [2, 1], [3, 0]]); // prettier-ignore
  assert.deepEqual(dataset.users.ids, ["Ann", "Bob", "Eve", 7]);
  const none = await writeInteractionFile(file, [], { dataset });
  assert.deepEqual([none.rows, none.columns], [4, 2]);
});

test("writeInteractionFile() of more than one buffer, and of more than one portion", async (context) => {
  const length = 300_001;
  const users = Int32Array.from({ length }, (_, i) => i % 1000);
  const items = Int32Array.from({ length }, (_, i) => (i * 7) % 501);
  const all: Coo = buildCoo({ rows: 1000, columns: 501, rowIndices: users, columnIndices: items });
  const file = path.join(tempFolder(context), "a.bin");
  const whole = await writeInteractionFile(file, all);
  function* rows(): Generator<FileRows> {
    for (let i = 0; i < length; i++) yield [users[i], items[i]];
  }
  assert.equal((await writeInteractionFile(file, rows())).digest, whole.digest);
  const { rowIndices, columnIndices } = [...toInteractionBlocks(whole, { block: length })][0];
  assert.deepEqual([rowIndices, columnIndices], [users, items]);
});

test("writeInteractionFile() refuses what is no interaction, and leaves the file as it was", async (context) => {
  const folder = tempFolder(context);
  const file = path.join(folder, "a.bin");
  await writeInteractionFile(file, some());
  const before = fs.readFileSync(file);
  const refused = async (rows: unknown, error: { name: string; message: string }, options = {}) => {
    await assert.rejects(writeInteractionFile(file, rows as FileRows[], options), error);
    assert.deepEqual(fs.readFileSync(file), before);
    assert.deepEqual(fs.readdirSync(folder), ["a.bin"]);
  };
  const wrong = (message: string) => ({ name: "RangeError", message: `writeInteractionFile(): ${message}` });
  const most = 2 ** 31 - 2;
  await refused([[0, 1], [-1, 2]], wrong(`user -1 of interaction 1 is not an integer from 0 to ${most}`)); // prettier-ignore
  await refused([[0, 1.5]], wrong(`item 1.5 of interaction 0 is not an integer from 0 to ${most}`));
  await refused([[2 ** 31, 0]], wrong(`user 2147483648 of interaction 0 is not an integer from 0 to ${most}`));
  await refused([["Ann", 0]], wrong(`user "Ann" of interaction 0 is not an integer from 0 to ${most}; give the data set that knows its row`)); // prettier-ignore
  await refused(some(), wrong("user 6 of interaction 3 is not an integer from 0 to 5"), { users: 6 });
  await refused(some(), wrong("item 5 of interaction 1 is not an integer from 0 to 3"), { items: 4 });
  const form = (message: string) => ({ name: "TypeError", message: `writeInteractionFile(): ${message}` });
  const wanted = "wanted [user, item], { users, items } or a matrix; there are no weights";
  await refused([[0, 1, 2.5]], form(`interaction 0 is [0,1,2.5]; ${wanted}`));
  await refused([[0, 1], "x"], form(`interaction 1 is "x"; ${wanted}`)); // prettier-ignore
  await refused([{ users: [1, 2], items: [1] }], form("2 users, 1 items and 2 values; give one of each for every interaction")); // prettier-ignore
  async function* failing(): AsyncGenerator<FileRows> {
    yield [1, 1];
    throw new Error("the line is dead");
  }
  await refused(failing(), { name: "Error", message: "the line is dead" });
});
