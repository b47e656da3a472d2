import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../../lib/random";
import { buildCoo } from "../../../lib/recommend/coo";
import { splitByUser } from "../../../lib/recommend/splits/splitByUser";
import { pairsOf, timedInteractions } from "./splits";

test("splitByUser() holds out the same share of every user's items, with all entries of a pair", () => {
  const { interactions } = timedInteractions(seededRandom(4));
  const { train, test: held } = splitByUser(interactions, { testShare: 0.25, random: seededRandom(5) });
  const [kept, out] = [train, held].map((matrix) => new Set(pairsOf(matrix)));
  for (let user = 0; user < 10; user++) {
    const count = (pairs: Set<string>) => [...pairs].filter((pair) => pair.startsWith(`${user} `)).length;
    assert.equal(count(out), Math.round(0.25 * (count(out) + count(kept))));
  }
  assert.ok([...out].every((pair) => !kept.has(pair)));
  assert.deepEqual([...pairsOf(train), ...pairsOf(held)].sort(), pairsOf(interactions).sort());
});

test("splitByUser() leaves every user something, and is another split for another seed", () => {
  const interactions = buildCoo({ rows: 3, columns: 3, rowIndices: [0, 1, 1, 2], columnIndices: [0, 1, 2, 2] });
  const { train } = splitByUser(interactions, { testShare: 0.9, random: seededRandom(1) });
  assert.deepEqual([...new Set(train.rowIndices)], [0, 1, 2]);
  const many = timedInteractions(seededRandom(4)).interactions;
  const [first, second] = [1, 2].map((seed) => splitByUser(many, { random: seededRandom(seed) }));
  assert.notDeepEqual(pairsOf(first.test), pairsOf(second.test));
  for (const testShare of [0, 1, NaN])
    assert.throws(() => splitByUser(many, { testShare, random: seededRandom(1) }), {
      name: "RangeError",
      message: `splitByUser(): testShare ${testShare} is not between 0 and 1; try 0.2`,
    });
});
