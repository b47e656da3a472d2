import assert from "node:assert/strict";
import { test } from "node:test";
import { confusionMatrix } from "../../lib/chart/confusionMatrix";
import type { HeatmapTrace } from "../../lib/chart/figure";

const matrix = [
  [6, 2],
  [0, 5],
];
const names = ["Coat", "Shirt"];

test("confusionMatrix() shades each count by its share of the true class, right ones apart from wrong ones", () => {
  const [right, wrong] = confusionMatrix(matrix, names).data as HeatmapTrace[];
  assert.deepEqual(right.z, [[0.75, null], [null, 1]]); // prettier-ignore
  assert.deepEqual(wrong.z, [[null, 0.25], [0, null]]); // prettier-ignore
  assert.equal(wrong.text?.[0][1], "true Coat, predicted Shirt<br>2 of 8 (25.0 %)");
});

test("confusionMatrix() writes the counts that are not zero and the recall of each class", () => {
  const texts = confusionMatrix(matrix, names).layout.annotations?.map(({ text }) => text);
  assert.deepEqual(texts, ["6", "2", "5", "75.0 %", "100.0 %", "<b>recall</b>"]);
});

test("confusionMatrix() takes a class without examples", () => {
  const [right] = confusionMatrix([[0, 0], [0, 1]], names).data as HeatmapTrace[]; // prettier-ignore
  assert.deepEqual(right.z, [[0, null], [null, 1]]); // prettier-ignore
});

test("confusionMatrix() refuses a matrix that does not fit the names", () => {
  const message = "confusionMatrix(): 2 rows of 2, 2 counts for 1 names; give a square matrix";
  assert.throws(() => confusionMatrix(matrix, ["Coat"]), { name: "TypeError", message });
});
