import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, seededRandom } from "../../lib/random";
import { topItems } from "../../lib/recommend/topItems";

test("topItems() agrees with sorting everything, ties and exclusions included", () => {
  const random = seededRandom(4);
  for (let round = 0; round < 200; round++) {
    const length = integer(random, 0, 40);
    const scores = Float32Array.from({ length }, () => integer(random, -5, 5) / 4);
    const excluded = Uint8Array.from({ length }, () => integer(random, 0, 2));
    const count = integer(random, 0, 12);
    const wanted = [...scores.keys()]
      .filter((item) => !excluded[item])
      .sort((a, b) => scores[b] - scores[a] || a - b)
      .slice(0, count);
    const got = topItems(scores, count, excluded);
    assert.deepEqual([...got.items], wanted);
    assert.deepEqual(
      [...got.scores],
      wanted.map((item) => scores[item]),
    );
  }
});
