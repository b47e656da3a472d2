import assert from "node:assert/strict";
import { test } from "node:test";
import { orthogonal } from "../../lib/forecast/orthogonal";
import { seededRandom } from "../../lib/random";

test("orthogonal() gives rows of length 1 at right angles to one another", () => {
  for (const [rows, columns] of [
    [1, 1],
    [3, 3],
    [50, 200],
  ]) {
    const matrix = orthogonal(seededRandom(5), rows, columns);
    assert.equal(matrix.length, rows * columns);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j <= i; j++) {
        let product = 0;
        for (let k = 0; k < columns; k++) product += matrix[i * columns + k] * matrix[j * columns + k];
        assert.ok(Math.abs(product - (i === j ? 1 : 0)) < 1e-6, `rows ${i} and ${j}: ${product}`);
      }
  }
});

test("orthogonal() is as its generator is", () => {
  assert.deepEqual(orthogonal(seededRandom(1), 4, 8), orthogonal(seededRandom(1), 4, 8));
  assert.notDeepEqual(orthogonal(seededRandom(1), 4, 8), orthogonal(seededRandom(2), 4, 8));
});

test("orthogonal() refuses more rows than columns", () => {
  assert.throws(() => orthogonal(seededRandom(1), 3, 2), {
    name: "RangeError",
    message: "orthogonal(): 3 rows of 2 values cannot all be orthogonal; swap the two",
  });
});
