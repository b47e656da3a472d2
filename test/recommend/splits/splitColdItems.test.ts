import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../../lib/random";
import { buildCoo } from "../../../lib/recommend/coo";
import { splitColdItems } from "../../../lib/recommend/splits/splitColdItems";
import { pairsOf, timedInteractions } from "./splits";

test("splitColdItems() holds out items with all that happened to them, renumbered", () => {
  const { interactions } = timedInteractions(seededRandom(1));
  const { train, test: held, cold } = splitColdItems(interactions, { testShare: 0.3, random: seededRandom(2) });
  assert.equal(cold.length, Math.round(0.3 * interactions.columns));
  assert.deepEqual(cold, cold.slice().sort());
  assert.deepEqual([train.columns, held.columns, held.rows], [interactions.columns, cold.length, interactions.rows]);
  assert.ok(train.columnIndices.every((item) => !cold.includes(item)));
  const back = { ...held, columns: interactions.columns, columnIndices: held.columnIndices.map((c) => cold[c]) };
  assert.deepEqual([...pairsOf(train), ...pairsOf(back)].sort(), pairsOf(interactions).sort());
});

test("splitColdItems() refuses a share that cannot be, and a side without interactions", () => {
  const one = buildCoo({ rows: 1, columns: 2, rowIndices: [0], columnIndices: [0] });
  assert.throws(() => splitColdItems(one, { testShare: 1, random: seededRandom(1) }), {
    name: "RangeError",
    message: "splitColdItems(): testShare 1 is not between 0 and 1; try 0.2",
  });
  assert.throws(() => splitColdItems(one, { random: seededRandom(1) }), {
    name: "RangeError",
    message:
      /^splitColdItems\(\): [01] interactions to train on and [01] with the 1 items held out; give more items, or another testShare$/,
  });
});
