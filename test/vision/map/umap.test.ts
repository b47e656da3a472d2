import assert from "node:assert/strict";
import { before, test } from "node:test";
import { useBackend } from "../../../lib/compute/useBackend";
import { normal, seededRandom } from "../../../lib/random";
import { fuzzyGraph } from "../../../lib/vision/map/fuzzyGraph";
import { sharedNeighbours, trustworthiness } from "../../../lib/vision/map/keptNeighbours";
import { nearestNeighbours } from "../../../lib/vision/map/nearestNeighbours";
import { umap } from "../../../lib/vision/map/umap";
import fixture from "../../fixtures/umap.json";

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));

/** scikit-learn's digits: 600 pictures of 8 x 8, each pixel a digit of base 17, and what keeps distances apart. */
const digits = {
  vectors: Float32Array.from(fixture.digits.join(""), (pixel, at) => parseInt(pixel, 17) + ((at * 31) % 101) / 1000),
  length: 64,
};
const { count } = fixture;
const near = nearestNeighbours(digits, { count });
const close = (a: number, b: number, by: number) => assert.ok(Math.abs(a - b) < by, `${a} is not ${b}`);

test("nearestNeighbours() finds what comparing each pair finds, nearest first", () => {
  const distance = (a: number, b: number) =>
    Math.hypot(...Array.from({ length: 64 }, (_, i) => digits.vectors[a * 64 + i] - digits.vectors[b * 64 + i]));
  for (const row of [0, 299, 599]) {
    const others = [...Array(600).keys()].filter((other) => other !== row);
    const sorted = others.map((other) => distance(row, other)).sort((a, b) => a - b);
    const found = near.rows.subarray(row * count, (row + 1) * count);
    found.forEach((other, place) => {
      close(distance(row, other), sorted[place], 1e-4);
      close(near.distances[row * count + place], sorted[place], 1e-4);
    });
  }
});

test("nearestNeighbours() looks for other rows' neighbours too, of which a row may be itself", () => {
  const queries = { vectors: digits.vectors.slice(5 * 64, 7 * 64), length: 64 };
  const { rows, distances } = nearestNeighbours(digits, { count: 2, queries });
  assert.deepEqual([rows[0], rows[2], distances[0]], [5, 6, 0]);
  assert.deepEqual([rows[1], rows[3]], [near.rows[5 * count], near.rows[6 * count]]);
});

test("nearestNeighbours() refuses what cannot be", () => {
  assert.throws(() => nearestNeighbours({ vectors: new Float32Array(6), length: 2 }, { count: 3 }), {
    name: "RangeError",
    message: "nearestNeighbours(): count is 3; give a whole number from 1 to 2",
  });
  const queries = { vectors: new Float32Array(3), length: 3 };
  assert.throws(() => nearestNeighbours({ vectors: new Float32Array(6), length: 2 }, { count: 1, queries }), {
    name: "TypeError",
    message: "distances between rows of 3 and of 2 numbers; embed both by the same layer",
  });
});

test("fuzzyGraph() weighs the edges as umap-learn does", () => {
  const graph = fuzzyGraph(near);
  const sums = new Float64Array(600);
  const weights = new Map<string, number>();
  graph.weights.forEach((weight, edge) => {
    const [head, tail] = [graph.heads[edge], graph.tails[edge]];
    sums[head] += weight;
    sums[tail] += weight;
    weights.set(`${head} ${tail}`, weight).set(`${tail} ${head}`, weight);
  });
  sums.forEach((sum, row) => close(sum, fixture.rowSums[row], 1e-4));
  for (const [head, tail, weight] of fixture.edges) close(weights.get(`${head} ${tail}`) ?? 0, weight, 1e-4);
});

test("trustworthiness() and sharedNeighbours() are scikit-learn's for its own PCA", () => {
  const map = { vectors: Float32Array.from(fixture.pca), length: 2 };
  close(trustworthiness(digits, map, { count }), fixture.pcaQuality.trust, 1e-3);
  close(sharedNeighbours(near, nearestNeighbours(map, { count })), fixture.pcaQuality.shared, 1e-3);
});

test("umap() keeps neighbours as well as umap-learn does and nearly as well as scikit-learn's t-SNE", async () => {
  const map = { vectors: await umap(near, { start: fixture.pca }), length: 2 };
  const trust = trustworthiness(digits, map, { count });
  const shared = sharedNeighbours(near, nearestNeighbours(map, { count }));
  assert.ok(trust > fixture.quality.UMAP.trust - 0.005 && trust > fixture.quality.TSNE.trust - 0.01, `${trust}`);
  assert.ok(shared > fixture.quality.UMAP.shared - 0.02, `${shared}`);
  assert.ok(shared > 2 * fixture.quality.PCA.shared, `${shared}`);
});

test("umap() finds planted groups from random places, the same for the same seed", async () => {
  const random = seededRandom(1);
  const vectors = Float32Array.from({ length: 200 * 10 }, (_, at) => {
    const group = Math.floor(at / 10) % 4;
    return normal(random) + (at % 10 === group ? 12 : 0);
  });
  const neighbours = nearestNeighbours({ vectors, length: 10 });
  const map = await umap(neighbours, { epochs: 50, seed: 3 });
  const { rows } = nearestNeighbours({ vectors: map, length: 2 }, { count: 1 });
  assert.ok(rows.every((other, row) => other % 4 === row % 4));
  assert.deepEqual(await umap(neighbours, { epochs: 50, seed: 3 }), map);
  assert.notDeepEqual(await umap(neighbours, { epochs: 50, seed: 4 }), map);
});

test("umap(), trustworthiness() and sharedNeighbours() refuse what does not fit", async () => {
  await assert.rejects(umap(near, { start: [1, 2] }), {
    name: "TypeError",
    message: "umap(): start has 2 numbers for 600 rows; give two for each row",
  });
  await assert.rejects(umap(near, { epochs: 0 }), {
    name: "RangeError",
    message: "umap(): epochs is 0; it must be a whole number from 1",
  });
  const map = { vectors: new Float32Array(4), length: 2 };
  assert.throws(() => trustworthiness(digits, map), {
    name: "TypeError",
    message: "trustworthiness(): 2 places for 600 rows; give one for each row",
  });
  assert.throws(() => trustworthiness(map, map, { count: 1 }), {
    name: "RangeError",
    message: "trustworthiness(): count is 1; it must be below half of the 2 rows",
  });
  assert.throws(() => sharedNeighbours(near, { ...near, count: 7 }), {
    name: "TypeError",
    message: "sharedNeighbours(): 600 rows of 14 neighbours and 1200 of 7; find both alike",
  });
});
