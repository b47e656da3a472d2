import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeIds, encodeIds } from "../../lib/recommend/idBytes";

test("decodeIds() brings back any number of ids", () => {
  for (const length of [0, 1, 9_999, 10_000, 10_001, 25_000]) {
    const ids = Array.from({ length }, (_, place) => (place % 3 ? place / 7 : `id "${place}"\n`));
    assert.deepEqual(decodeIds(encodeIds(ids)), ids);
  }
});
