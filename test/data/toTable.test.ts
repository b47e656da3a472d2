import assert from "node:assert/strict";
import { test } from "node:test";
import { loadFashionMnist } from "../../lib/data/fashionMnist";
import type { ImageSet } from "../../lib/data/imageSet";
import { toTable } from "../../lib/data/toTable";
import { csvColumns, randomBytes } from "./samples";

/** 130 images: two whole blocks of rows and part of a third. */
const images = randomBytes(130 * 784);
const labels = randomBytes(130, 10);
const set: ImageSet = { images, labels, count: 130, width: 28, height: 28 };
const table = toTable(set);

/** Seconds of processor time. */
function processorTime(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** The columns of these images, by two plain loops. */
function columnsOf({ images, count }: ImageSet): Uint8Array[] {
  const columns = Array.from({ length: 784 }, () => new Uint8Array(count));
  for (let row = 0; row < count; row++)
    for (let pixel = 0; pixel < 784; pixel++) columns[pixel][row] = images[row * 784 + pixel];
  return columns;
}

test("toTable() makes 60,000 x 785 in about the processor time of two plain loops, without a copy for each row", async () => {
  const { train } = await loadFashionMnist({ env: {} });
  const memory = process.memoryUsage();
  let large = table;
  const seconds = processorTime(() => (large = toTable(train)));
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const grown = [heapUsed - memory.heapUsed, arrayBuffers - memory.arrayBuffers];
  assert.ok(Math.max(...grown) < 60e6, `${grown} bytes`); // copies of rows would take 300 MB
  const plain = processorTime(() => columnsOf(train));
  assert.ok(seconds < 2.5 * plain, `${seconds} s, plain loops ${plain} s`);
  assert.deepEqual([large.numRows(), large.numCols()], [60000, 785]);
  assert.equal(large.get("pixel400", 59999), train.images[59999 * 784 + 399]);
});

test("toTable() names the columns as Kaggle does and fills them with typed arrays", () => {
  assert.deepEqual(table.columnNames(), csvColumns);
  assert.ok(table.columnNames().every((name) => table.column(name) instanceof Uint8Array));
  for (let row = 0; row < 130; row++)
    for (const pixel of [1, 2, 29, 400, 784])
      assert.equal(table.get(`pixel${pixel}`, row), images[row * 784 + pixel - 1]);
  assert.deepEqual(table.column("label"), labels);
});

test("toTable() works with arquero's verbs", () => {
  const first = table.slice(0, 5);
  assert.deepEqual([first.numRows(), first.numCols()], [5, 785]);
  assert.deepEqual(
    first.select("label", "pixel2").objects(),
    Array.from({ length: 5 }, (_, row) => ({ label: labels[row], pixel2: images[row * 784 + 1] })),
  );
  const threes = table.filter((row: { label: number }) => row.label === 3);
  const rows = [...labels.keys()].filter((row) => labels[row] === 3);
  assert.deepEqual(
    threes.array("pixel7"),
    rows.map((row) => images[row * 784 + 6]),
  );
  const counts = table.groupby("label").count().orderby("label").objects() as { label: number; count: number }[];
  assert.equal(counts.length, 10);
  for (const { label, count } of counts) assert.equal(count, labels.filter((other) => other === label).length);
  assert.equal(table.select("pixel3").numCols(), 1);
});
