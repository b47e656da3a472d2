import assert from "node:assert/strict";
import { test } from "node:test";
import { buildCoo } from "../../lib/recommend/coo";
import { predictRank } from "../../lib/recommend/predictRank";
import { lightfm, lightfmInteractions, lightfmTest, trainedLike } from "./lightfm";

for (const given of lightfm.cases)
  test(`predictRank() gives LightFM's ranks, case ${given.name}`, async () => {
    const model = await trainedLike(given, 5);
    assert.deepEqual([...predictRank(model, lightfmTest(), { train: lightfmInteractions() }).values], given.ranks);
  });

const everything = (rows: number, columns: number) =>
  buildCoo({
    rows,
    columns,
    rowIndices: Array.from({ length: rows * columns }, (_, cell) => Math.floor(cell / columns)),
    columnIndices: Array.from({ length: rows * columns }, (_, cell) => cell % columns),
  });

test("predictRank() of all items is a permutation, of equal scores always last", async () => {
  const model = await trainedLike(lightfm.cases[4], 1);
  const { values } = predictRank(model, everything(12, 25));
  for (let user = 0; user < 12; user++)
    assert.deepEqual([...values.subarray(user * 25, (user + 1) * 25)].sort((a, b) => a - b), [...Array(25).keys()]); // prettier-ignore
  const alike = predictRank(() => new Float32Array(100), everything(2, 100));
  assert.ok(alike.values.every((rank) => rank === 99));
});

test("predictRank() counts no item of train, also where test has it too", () => {
  const train = everything(1, 4);
  const scorer = () => Float32Array.of(4, 1, 3, 2);
  assert.deepEqual([...predictRank(scorer, train, { train, checkIntersections: false }).values], [0, 0, 0, 0]);
  const one = buildCoo({ rows: 1, columns: 4, rowIndices: [0], columnIndices: [0] });
  assert.deepEqual([...predictRank(scorer, train, { train: one, checkIntersections: false }).values], [0, 2, 0, 1]);
});

test("predictRank() refuses shapes and pairs that do not go together", () => {
  const scorer = () => Float32Array.of(4, 1, 3, 2);
  assert.throws(() => predictRank(scorer, everything(1, 4), { train: everything(1, 4) }), {
    name: "RangeError",
    message:
      "predictRank(): 4 of 4 pairs are in train too; leave them out of one, or pass { checkIntersections: false }",
  });
  assert.throws(() => predictRank(scorer, everything(1, 4), { train: everything(2, 4) }), {
    name: "TypeError",
    message: "predictRank(): train has 2 users and 4 items, test 1 and 4; give both the same shape",
  });
  assert.throws(() => predictRank(scorer, everything(1, 5)), {
    name: "TypeError",
    message: "predictRank(): 4 scores for 5 items; give test the shape of what the model was fitted on",
  });
});
