import assert from "node:assert/strict";
import { test } from "node:test";
import { splitColumns } from "../../lib/data/splitColumns";
import { toBytes, toImages } from "../../lib/data/toImages";
import { toTable } from "../../lib/data/toTable";
import { randomBytes } from "./samples";

const images = randomBytes(130 * 784);
const labels = randomBytes(130, 10);
const table = toTable({ images, labels, count: 130, width: 28, height: 28 });

test("toImages() brings the pixels back, row after row, divided by 255", () => {
  const pictures = toImages(splitColumns(table).pixels);
  assert.deepEqual(
    pictures,
    Float32Array.from(images, (value) => value / 255),
  );
});

test("toBytes() brings the very bytes back", () => {
  assert.deepEqual(toBytes(splitColumns(table).pixels), images);
});

test("toImages() and splitColumns() keep to the filter and the order of the table", () => {
  const { pixels, labels: y } = splitColumns(table.filter((row: { label: number }) => row.label > 4).orderby("pixel9"));
  const rows = [...labels.keys()].filter((row) => labels[row] > 4);
  rows.sort((a, b) => images[a * 784 + 8] - images[b * 784 + 8]);
  assert.deepEqual(
    [...y],
    rows.map((row) => labels[row]),
  );
  const expected = rows.flatMap((row) => [...images.subarray(row * 784, (row + 1) * 784)]);
  assert.deepEqual(
    toImages(pixels),
    Float32Array.from(expected, (value) => value / 255),
  );
});

test("toImages() and toBytes() refuse a table that has not 784 columns", () => {
  const rest = "got 785 columns, wanted 784 pixels; take the label away with splitColumns()";
  assert.throws(() => toImages(table), { name: "TypeError", message: `toImages(): ${rest}` });
  assert.throws(() => toBytes(table), { name: "TypeError", message: `toBytes(): ${rest}` });
});
