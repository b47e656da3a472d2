import assert from "node:assert/strict";
import { test } from "node:test";
import { EACH, heldOut, plantedBlocks, shapeOf } from "../../../bench/warp/plantedStream";
import { formatStream } from "../../../bench/warp/stream";
import type { StreamAnswer } from "../../../bench/warp/streamOurs";

const shape = shapeOf(20_000);

/** Each user's items, in their order. */
function itemsOf(each?: number): number[][] {
  const lists: number[][] = Array.from({ length: shape.users }, () => []);
  for (const { users, items } of plantedBlocks(shape, { each })) users.forEach((user, i) => lists[user].push(items[i]));
  return lists;
}

test("plantedBlocks() has as many interactions of each user, and a tenth of them are the first of the same", () => {
  assert.deepEqual(shape, { users: 200, items: 1000 });
  assert.deepEqual(shapeOf(100_000_000), { users: 1_000_000, items: 50_000 });
  const [all, tenth] = [itemsOf(), itemsOf(EACH / 10)];
  assert.ok(all.every((items) => items.length === EACH && items.every((item) => item >= 0 && item < shape.items)));
  assert.deepEqual(
    tenth,
    all.map((items) => items.slice(0, EACH / 10)),
  );
});

test("heldOut() asks for items that their user did not choose", () => {
  const all = itemsOf();
  const { rowIndices, columnIndices, rows, columns } = heldOut(shape);
  assert.deepEqual([rows, columns], [200, 1000]);
  assert.ok(rowIndices.length > 7 * shape.users && new Set(rowIndices).size === shape.users);
  rowIndices.forEach((user, i) => assert.ok(!all[user].includes(columnIndices[i])));
});

test("formatStream() shows medians, and ratios with their spread where memory was measured", () => {
  const answer = (seconds: number, bytes: number): StreamAnswer => {
    const epochs = [seconds, seconds, seconds];
    return { interactions: 4000, seconds: 3 * seconds + 1, epochs, processor: epochs, bytes, auc: 0.75, vectors: "" };
  };
  const row = {
    interactions: 4000,
    written: answer(0, 0),
    streamed: [answer(2, 50e6), answer(4, 70e6), answer(2, 50e6)],
    inMemory: [answer(2, 100e6), answer(2, 140e6), answer(3, 50e6)],
    tenth: { ...answer(1, 0), auc: 0.5 },
  };
  const [, , line, large] = formatStream([row, { ...row, inMemory: [] }]).split("\n");
  assert.match(
    line,
    /^4,000 +0\.032 +1\.0 +1\.0 +2\.00 +2\.00 +50 +1\.00 \(0\.50 to 1\.50\) +2\.00 \(1\.00 to 2\.00\) +0\.750 +0\.500$/,
  );
  assert.match(large, /^4,000 +0\.032 +1\.0 +1\.0 +2\.00 +2\.00 +50 +- +- +0\.750 +0\.500$/);
});
