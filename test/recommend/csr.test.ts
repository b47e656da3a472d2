import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, seededRandom } from "../../lib/random";
import { buildCoo, type Coo } from "../../lib/recommend/coo";
import { buildCsr, findEntry, identityCsr, isIdentity, type Csr } from "../../lib/recommend/csr";

/** Dense rows of a matrix, duplicates added up. */
export function toDense(matrix: Csr | Coo): number[][] {
  const dense = Array.from({ length: matrix.rows }, () => new Array<number>(matrix.columns).fill(0));
  if ("rowIndices" in matrix)
    matrix.values.forEach((value, i) => (dense[matrix.rowIndices[i]][matrix.columnIndices[i]] += value));
  else
    dense.forEach((row, r) => {
      for (let i = matrix.offsets[r]; i < matrix.offsets[r + 1]; i++) row[matrix.indices[i]] += matrix.values[i];
    });
  return dense;
}

function randomCoo(seed: number, entries: number): Coo {
  const random = seededRandom(seed);
  const draw = (below: number) => Array.from({ length: entries }, () => integer(random, 0, below));
  return buildCoo({ rows: 7, columns: 5, rowIndices: draw(7), columnIndices: draw(5), values: draw(9) });
}

test("buildCsr() holds the same matrix, each row's columns ascending and once", () => {
  for (let seed = 0; seed < 30; seed++) {
    const matrix = randomCoo(seed, seed * 2);
    const csr = buildCsr(matrix);
    assert.deepEqual(toDense(csr), toDense(matrix));
    for (let row = 0; row < csr.rows; row++)
      for (let i = csr.offsets[row] + 1; i < csr.offsets[row + 1]; i++) assert.ok(csr.indices[i - 1] < csr.indices[i]);
  }
});

test("buildCsr() keeps duplicates in the order they came when asked", () => {
  const matrix = buildCoo({
    rows: 2,
    columns: 3,
    rowIndices: [1, 0, 1, 1],
    columnIndices: [2, 1, 0, 2],
    values: [5, 6, 7, 8],
  });
  const { offsets, indices, values } = buildCsr(matrix, { duplicates: "keep" });
  assert.deepEqual(
    [[...offsets], [...indices], [...values]],
    [
      [0, 1, 4],
      [1, 0, 2, 2],
      [6, 7, 5, 8],
    ],
  );
});

test("findEntry() finds what is there and nothing else", () => {
  const csr = buildCsr(randomCoo(3, 20));
  const dense = toDense(buildCsr({ ...randomCoo(3, 20), values: new Float32Array(20).fill(1) }));
  dense.forEach((row, r) =>
    row.forEach((value, c) => {
      const place = findEntry(csr, r, c);
      assert.equal(place >= 0, value > 0);
      if (place >= 0) assert.equal(csr.indices[place], c);
    }),
  );
});

test("identityCsr() has ones on the diagonal", () => {
  assert.deepEqual(toDense(identityCsr(2)), [
    [1, 0],
    [0, 1],
  ]);
  assert.throws(() => identityCsr(-1), {
    name: "RangeError",
    message: "identityCsr(): size -1 is not an integer of 0 or more",
  });
});

test("isIdentity() knows the matrix with 1 on its diagonal from others like it", () => {
  const { offsets, ...rest } = identityCsr(3);
  assert.equal(isIdentity(identityCsr(3)), true);
  assert.equal(isIdentity({ ...rest, offsets: Uint32Array.of(0, 2, 2, 3) }), false);
  assert.equal(isIdentity({ ...rest, offsets, values: Float32Array.of(1, 2, 1) }), false);
  assert.equal(isIdentity({ ...rest, offsets, columns: 4 }), false);
});
