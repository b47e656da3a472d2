import assert from "node:assert/strict";
import { test } from "node:test";
import { buildEntryList } from "../../lib/recommend/entryList";

test("buildEntryList() grows as entries come, and gives them in their order without a rest", () => {
  for (const length of [0, 1, 2, 3, 100]) {
    const list = buildEntryList(2);
    for (let place = 0; place < length; place++) list.add(place, 2 * place, place / 2);
    const { rows, rowIndices, columnIndices, values } = list.toCoo(100, 200);
    assert.equal(rows, 100);
    assert.equal(list.length, length);
    assert.deepEqual([...rowIndices], [...Array(length).keys()]);
    assert.deepEqual([...columnIndices], [...rowIndices].map((place) => 2 * place)); // prettier-ignore
    assert.deepEqual([...values], [...rowIndices].map((place) => place / 2)); // prettier-ignore
    assert.equal(values.length, length);
  }
});
