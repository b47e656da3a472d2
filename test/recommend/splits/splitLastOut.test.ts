import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../../lib/random";
import { buildCoo } from "../../../lib/recommend/coo";
import { splitLastOut } from "../../../lib/recommend/splits/splitLastOut";
import { pairsOf, timedInteractions } from "./splits";

for (const count of [1, 3])
  test(`splitLastOut() holds out the ${count} items each user met last`, () => {
    const { interactions, times } = timedInteractions(seededRandom(count));
    const { train, test: held } = splitLastOut(interactions, times, { count });
    const firstTimes = new Map<string, number>();
    pairsOf(interactions).forEach((pair, place) => firstTimes.set(pair, Math.min(times[place], firstTimes.get(pair) ?? Infinity))); // prettier-ignore
    const [kept, out] = [train, held].map((matrix) => new Set(pairsOf(matrix)));
    for (let user = 0; user < 10; user++) {
      const ofUser = (pairs: Set<string>) => [...pairs].filter((pair) => pair.startsWith(`${user} `));
      assert.equal(ofUser(out).length, count);
      const latest = Math.max(...ofUser(kept).map((pair) => firstTimes.get(pair)!));
      assert.ok(ofUser(out).every((pair) => firstTimes.get(pair)! >= latest && !kept.has(pair)));
    }
    assert.deepEqual([...pairsOf(train), ...pairsOf(held)].sort(), pairsOf(interactions).sort());
  });

test("splitLastOut() leaves users with too few items whole", () => {
  const interactions = buildCoo({ rows: 2, columns: 3, rowIndices: [0, 1, 1, 1], columnIndices: [0, 2, 1, 2] });
  const { train, test: held } = splitLastOut(interactions, [0, 1, 2, 3]);
  assert.deepEqual([pairsOf(train), pairsOf(held)], [["0 0", "1 2", "1 2"], ["1 1"]]);
  assert.equal(splitLastOut(interactions, [0, 1, 2, 3], { count: 2 }).test.values.length, 0);
  assert.throws(() => splitLastOut(interactions, [0, 1, 2, 3], { count: 0 }), {
    name: "RangeError",
    message: "splitLastOut(): count 0 is not an integer of 1 or more",
  });
});
