import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../lib/random";
import { buildCoo } from "../../lib/recommend/coo";
import { popularityScorer } from "../../lib/recommend/popularity";

test("popularityScorer() counts the users who chose an item, each once, and lets chance decide among equals", () => {
  const interactions = buildCoo({
    rows: 3,
    columns: 4,
    rowIndices: [0, 0, 1, 2, 2],
    columnIndices: [1, 1, 1, 3, 2],
    values: [1, 1, 1, 5, 0],
  });
  const scorer = popularityScorer(interactions, { random: seededRandom(1) });
  assert.deepEqual([...scorer(0)].map(Math.floor), [0, 2, 0, 1]);
  assert.notEqual(scorer(0)[0], scorer(0)[2]);
  assert.deepEqual(scorer(2), scorer(0));
});
