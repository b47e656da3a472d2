import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, numpyRandom, seededRandom } from "../../lib/random";
import { buildCoo, type Coo } from "../../lib/recommend/coo";
import { splitInteractions } from "../../lib/recommend/splitInteractions";
import { lightfm } from "./lightfm";

const pairsOf = ({ rowIndices, columnIndices }: Coo) =>
  [...rowIndices].map((row, place) => `${row} ${columnIndices[place]}`);

test("splitInteractions() splits as LightFM does where no pair repeats", () => {
  const { split } = lightfm;
  const all = [0, 1].map((part) => [...split.train[part], ...split.test[part]]);
  const byRow = all[0].map((row, place) => [row, all[1][place]]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const interactions = buildCoo({
    rows: lightfm.users,
    columns: lightfm.items,
    rowIndices: byRow.map(([row]) => row),
    columnIndices: byRow.map(([, column]) => column),
  });
  const { train, test: held } = splitInteractions(interactions, { random: numpyRandom(split.seed) });
  assert.deepEqual([[...train.rowIndices], [...train.columnIndices]], split.train.slice(0, 2));
  assert.deepEqual([[...held.rowIndices], [...held.columnIndices]], split.test.slice(0, 2));
});

test("splitInteractions() keeps every entry, and repeated pairs on one side", () => {
  const random = seededRandom(1);
  const rowIndices = Array.from({ length: 400 }, () => integer(random, 0, 10));
  const columnIndices = Array.from({ length: 400 }, () => integer(random, 0, 12));
  const interactions = buildCoo({ rows: 10, columns: 12, rowIndices, columnIndices });
  const { train, test: held } = splitInteractions(interactions, { testShare: 0.3, random });
  const trained = new Set(pairsOf(train));
  assert.ok(pairsOf(held).every((pair) => !trained.has(pair)));
  assert.ok(held.values.length > 40);
  assert.deepEqual([...pairsOf(train), ...pairsOf(held)].sort(), pairsOf(interactions).sort());
});

test("splitInteractions() splits the weights alike from the same seed", () => {
  const shape = { rows: 3, columns: 9, rowIndices: [0, 1, 2, 0, 1, 2, 1], columnIndices: [1, 2, 3, 4, 5, 6, 5] };
  const weights = buildCoo({ ...shape, values: [0, 1, 2, 3, 4, 5, 6] });
  const ones = splitInteractions(buildCoo(shape), { testShare: 0.5, random: seededRandom(7) });
  const weighted = splitInteractions(weights, { testShare: 0.5, random: seededRandom(7) });
  assert.deepEqual(pairsOf(weighted.train), pairsOf(ones.train));
  assert.deepEqual(pairsOf(weighted.test), pairsOf(ones.test));
});

test("splitInteractions() refuses a share that leaves one side empty", () => {
  const interactions = buildCoo({ rows: 1, columns: 1, rowIndices: [0], columnIndices: [0] });
  for (const testShare of [0, 1, -0.2, NaN])
    assert.throws(() => splitInteractions(interactions, { testShare, random: seededRandom(1) }), {
      name: "RangeError",
      message: `splitInteractions(): testShare ${testShare} is not between 0 and 1; try 0.2`,
    });
});
