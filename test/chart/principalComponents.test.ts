import assert from "node:assert/strict";
import { test } from "node:test";
import { principalComponents } from "../../lib/chart/principalComponents";
import { normal, seededRandom } from "../../lib/random";

/** Leading directions by power iteration with deflation on the covariance matrix, step by step. */
function naiveDirections(rows: number[][], components: number): number[][] {
  const width = rows[0].length;
  const means = rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length);
  const covariance = means.map((_, i) =>
    means.map((_, j) => rows.reduce((sum, row) => sum + (row[i] - means[i]) * (row[j] - means[j]), 0) / rows.length),
  );
  return Array.from({ length: components }, () => {
    let vector = Array.from({ length: width }, (_, i) => 1 + i / 10);
    let value = 0;
    for (let step = 0; step < 5000; step++) {
      const next = covariance.map((row) => row.reduce((sum, entry, j) => sum + entry * vector[j], 0));
      value = Math.hypot(...next);
      vector = next.map((entry) => entry / value);
    }
    for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) covariance[i][j] -= value * vector[i] * vector[j];
    return vector;
  });
}

const random = seededRandom(3);

/** Rows of as many values as there are spreads, each the sum of independent normals of those spreads. */
function rowsOf(count: number, spreads: number[]): number[][] {
  return Array.from({ length: count }, () => {
    const latent = spreads.map((width) => width * normal(random));
    return latent.map((_, j) => latent.reduce((sum, value, k) => sum + value * Math.cos(1 + j * 2 + k * k), 10));
  });
}

const rows = rowsOf(200, [5, 3, 1, 0.5, 0.2]);

for (const [width, given] of [
  [5, rows],
  [40, rowsOf(100, [9, 6, 3, ...Array.from({ length: 37 }, () => 0.3)])],
] as const)
  test(`principalComponents() of rows of ${width} agrees with power iteration, up to the sign`, () => {
    const { points } = principalComponents(given.flat(), width, { components: 2 });
    const means = given[0].map((_, j) => given.reduce((sum, row) => sum + row[j], 0) / given.length);
    naiveDirections([...given], 2).forEach((direction, component) => {
      const expected = given.map((row) => row.reduce((sum, value, j) => sum + (value - means[j]) * direction[j], 0));
      const sign = Math.sign(expected[0] * points[component]);
      expected.forEach((value, row) => assert.ok(Math.abs(sign * value - points[2 * row + component]) < 1e-3));
    });
  });

test("principalComponents() finds a planted line and its share of the variance", () => {
  const line = [-2, -1, 0, 1, 2].flatMap((t) => [3 * t + 1, 4 * t - 1]);
  const { points, explained } = principalComponents(line, 2, { components: 2 });
  [-10, -5, 0, 5, 10].forEach((at, row) => assert.ok(Math.abs(points[2 * row] - at) < 1e-5));
  assert.ok(Math.abs(explained[0] - 1) < 1e-12 && explained[1] < 1e-12);
});

test("principalComponents() shares the whole variance out among all components", () => {
  const { explained } = principalComponents(rows.flat(), 5, { components: 5 });
  assert.ok(Math.abs(explained.reduce((sum, share) => sum + share) - 1) < 1e-12);
  assert.deepEqual(
    [...explained].sort((a, b) => b - a),
    explained,
  );
});

test("principalComponents() of equal rows puts all points at the origin", () => {
  assert.deepEqual([...principalComponents([1, 2, 1, 2, 1, 2], 2).points], [0, 0, 0, 0, 0, 0]);
});

test("principalComponents() refuses broken rows and too many components", () => {
  assert.throws(() => principalComponents([1, 2, 3], 2), {
    name: "TypeError",
    message: "principalComponents(): 3 values are not whole rows of 2",
  });
  assert.throws(() => principalComponents([1, 2, 3, 4], 2, { components: 3 }), {
    name: "RangeError",
    message: "principalComponents(): 3 components wanted of 2 columns; give 1 to 2",
  });
});
