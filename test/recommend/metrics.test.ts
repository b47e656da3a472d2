import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, seededRandom, type Random } from "../../lib/random";
import { buildCoo, type Coo } from "../../lib/recommend/coo";
import { auc, evaluate, precisionAtK, recallAtK, reciprocalRank } from "../../lib/recommend/metrics";
import type { Scorer } from "../../lib/recommend/predict";
import { heldOutRanks } from "../../lib/recommend/ranks";
import { splitInteractions } from "../../lib/recommend/splitInteractions";
import { largestDifference, lightfm, lightfmInteractions, lightfmTest, trainedLike } from "./lightfm";

for (const given of lightfm.cases)
  test(`the metrics are LightFM's, case ${given.name}`, async () => {
    const model = await trainedLike(given, 5);
    const held = lightfmTest();
    const options = { train: lightfmInteractions() };
    const ranks = heldOutRanks(model, held, options).flatMap((user) => [...user.ranks]);
    assert.deepEqual(ranks, given.ranks);
    const same = (got: Float64Array, wanted: number[]) => assert.ok(largestDifference(got, wanted) < 1e-6);
    same(precisionAtK(model, held, { ...options, k: 3 }).values, given.precisionAt3);
    same(recallAtK(model, held, { ...options, k: 3 }).values, given.recallAt3);
    same(auc(model, held, options).values, given.auc);
    same(reciprocalRank(model, held, options).values, given.reciprocalRank);
  });

/** A second, naive form of the metrics: sorts, looks up, counts pairs. Right where no two scores are equal. */
function naive(scorer: Scorer, held: Coo, train: Coo, k: number) {
  const itemsOf = ({ rowIndices, columnIndices }: Coo, user: number) =>
    new Set([...columnIndices].filter((_, place) => rowIndices[place] === user));
  const users = Array.from({ length: held.rows }, (_, user) => user).filter((user) => itemsOf(held, user).size > 0);
  const each = users.map((user) => {
    const scores = scorer(user);
    const wanted = itemsOf(held, user);
    const known = itemsOf(train, user);
    const order = [...scores.keys()].filter((item) => !known.has(item)).sort((a, b) => scores[b] - scores[a]);
    const others = order.filter((item) => !wanted.has(item));
    const hits = order.slice(0, k).filter((item) => wanted.has(item)).length;
    const pairs = [...wanted].flatMap((item) => others.map((other): number => (scores[item] > scores[other] ? 1 : 0)));
    return {
      precisionAtK: hits / k,
      recallAtK: hits / wanted.size,
      reciprocalRank: 1 / (1 + order.findIndex((item) => wanted.has(item))),
      auc: pairs.reduce((sum, right) => sum + right, 0) / pairs.length,
    };
  });
  const mean = (name: keyof (typeof each)[0]) => each.reduce((sum, user) => sum + user[name], 0) / each.length;
  return {
    precisionAtK: mean("precisionAtK"),
    recallAtK: mean("recallAtK"),
    reciprocalRank: mean("reciprocalRank"),
    auc: mean("auc"),
  };
}

function randomCase(random: Random) {
  const rowIndices = Array.from({ length: 90 }, () => integer(random, 0, 9));
  const columnIndices = Array.from({ length: 90 }, () => integer(random, 0, 31));
  const interactions = buildCoo({ rows: 9, columns: 31, rowIndices, columnIndices });
  const scores = Array.from({ length: 9 }, () => Float32Array.from({ length: 31 }, () => random.uniform()));
  return { ...splitInteractions(interactions, { testShare: 0.3, random }), scorer: (user: number) => scores[user] };
}

for (const k of [10, 5, 1])
  test(`evaluate() agrees with a naive form of itself at k = ${k}`, () => {
    const random = seededRandom(k);
    for (let round = 0; round < 20; round++) {
      const { train, test: held, scorer } = randomCase(random);
      const wanted = naive(scorer, held, train, k);
      const got = evaluate(scorer, held, { train, k });
      for (const name of Object.keys(wanted) as (keyof typeof wanted)[])
        assert.ok(Math.abs(got[name] - wanted[name]) < 1e-12, `${name}: ${got[name]} for ${wanted[name]}`);
    }
  });

const oneUser = buildCoo({ rows: 2, columns: 4, rowIndices: [1, 1], columnIndices: [0, 2] });

test("evaluate() gives full marks to a perfect order, and only to users with held-out items", () => {
  const scorer = () => Float32Array.of(4, 1, 3, 2);
  assert.deepEqual(evaluate(scorer, oneUser, { k: 2 }), { precisionAtK: 1, recallAtK: 1, reciprocalRank: 1, auc: 1 });
  assert.deepEqual([...auc(scorer, oneUser).users], [1]);
});

test("evaluate() does not take equal scores for a good order", () => {
  const scorer = () => new Float32Array(4);
  assert.equal(evaluate(scorer, oneUser, { k: 2 }).precisionAtK, 0);
  assert.equal(auc(scorer, oneUser).mean, 0);
});

test("auc() is 0.5 where no other item is left", () => {
  const held = buildCoo({ rows: 1, columns: 2, rowIndices: [0, 0], columnIndices: [0, 1] });
  assert.equal(auc(() => Float32Array.of(1, 2), held).mean, 0.5);
});

test("precisionAtK() refuses what it cannot rank", () => {
  const scorer = () => Float32Array.of(4, 1, 3, 2);
  const none = buildCoo({ rows: 2, columns: 4, rowIndices: [0], columnIndices: [0], values: [0] });
  const other = buildCoo({ rows: 2, columns: 5, rowIndices: [0], columnIndices: [0] });
  assert.throws(() => precisionAtK(scorer, oneUser, { k: 0 }), {
    name: "RangeError",
    message: "precisionAtK(): k 0 is not an integer of 1 or more",
  });
  assert.throws(() => precisionAtK(scorer, none), {
    name: "RangeError",
    message: "heldOutRanks(): test holds no entry above 0; hold out some interactions with splitInteractions",
  });
  assert.throws(() => precisionAtK(scorer, oneUser, { train: oneUser }), {
    name: "RangeError",
    message:
      "heldOutRanks(): 2 of 2 held-out pairs are in train too; hold them out with splitInteractions, which keeps repeated pairs together",
  });
  assert.throws(() => precisionAtK(scorer, oneUser, { train: other }), {
    name: "TypeError",
    message: "heldOutRanks(): train has 2 users and 5 items, test 2 and 4; split both from the same interactions",
  });
  assert.throws(() => precisionAtK(scorer, other), {
    name: "TypeError",
    message: "heldOutRanks(): 4 scores for 5 items; give test the shape of what the model was fitted on",
  });
  assert.throws(() => precisionAtK(() => Float32Array.of(1, NaN, 0, 0), oneUser), {
    name: "RangeError",
    message: "heldOutRanks(): user 1, score 1 is NaN; wanted a finite number; drop or replace it",
  });
});

test("precisionAtK() ranks pairs that were trained on too when told so", () => {
  const scorer = () => Float32Array.of(4, 1, 3, 2);
  const options = { train: oneUser, checkIntersections: false };
  assert.equal(precisionAtK(scorer, oneUser, { ...options, k: 2 }).mean, 1);
  assert.deepEqual([...heldOutRanks(scorer, oneUser, options)[0].ranks], [0, 0]);
});
