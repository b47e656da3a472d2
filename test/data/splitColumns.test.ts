import assert from "node:assert/strict";
import { test } from "node:test";
import { splitColumns } from "../../lib/data/splitColumns";
import { toTable } from "../../lib/data/toTable";
import { csvColumns, randomBytes } from "./samples";

const images = randomBytes(130 * 784);
const labels = randomBytes(130, 10);
const table = toTable({ images, labels, count: 130, width: 28, height: 28 });

test("splitColumns() gives the pixel columns and the labels", () => {
  const { pixels, labels: y } = splitColumns(table);
  assert.deepEqual(pixels.columnNames(), csvColumns.slice(1));
  assert.deepEqual(y, labels);
});

test("splitColumns() refuses a table without labels", () => {
  assert.throws(() => splitColumns(splitColumns(table).pixels), {
    name: "TypeError",
    message:
      "splitColumns(): the table has the columns pixel1, pixel2, pixel3 …, wanted one named label; make the table with toTable()",
  });
});
