import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../lib/random";
import { sobolPoints } from "../../lib/sweep/sobolPoints";
import scipy from "../fixtures/sobol.json";

test("sobolPoints() gives SciPy's points, in each number of dimensions", () => {
  for (const dimensions of [1, 2, 21])
    assert.deepEqual(
      sobolPoints(64, dimensions),
      scipy.points.map((point) => point.slice(0, dimensions)),
    );
});

test("sobolPoints() shifted at random still has one point of 64 in each 64th of every dimension", () => {
  const points = sobolPoints(64, 3, seededRandom(7));
  assert.notDeepEqual(points[0], [0, 0, 0]);
  for (const dimension of [0, 1, 2]) {
    const parts = points.map((point) => Math.floor(point[dimension] * 64)).sort((a, b) => a - b);
    assert.deepEqual(
      parts,
      Array.from({ length: 64 }, (_, part) => part),
    );
  }
  assert.notDeepEqual(sobolPoints(64, 3, seededRandom(8)), points);
});

test("sobolPoints() refuses more dimensions than it has numbers for", () => {
  const message =
    "A Sobol sample of 22 parameters was asked for; it takes at most 21: give others one value, or take --sample random";
  assert.throws(() => sobolPoints(1, 22), { name: "RangeError", message });
});
