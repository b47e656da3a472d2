import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, numpyRandom, permutation } from "../../lib/random";
import { drawBlocks, drawPass } from "../../lib/recommend/pass";
import { makeTask } from "./fast/tasks";

test("drawPass() visits every entry once, one block after the other, in random order", () => {
  for (const block of [1, 9, 100, 699]) {
    const { order } = drawPass(makeTask({ block }), numpyRandom(2));
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      [...Array(700).keys()],
    );
    const blocks = Array.from(order, (entry) => Math.floor(entry / block));
    const runs = blocks.filter((number, place) => number !== blocks[place - 1]);
    assert.equal(runs.length, Math.ceil(700 / block));
    if (block < 350)
      assert.notDeepEqual(
        runs,
        [...runs].sort((a, b) => a - b),
      );
    if (block > 1)
      assert.notDeepEqual(
        [...order.subarray(0, 5)],
        [...order.subarray(0, 5)].sort((a, b) => a - b),
      );
  }
});

test("drawPass() without blocks draws the order and then the seed, as LightFM does", () => {
  for (const block of [undefined, 700, 5000]) {
    const [random, same] = [numpyRandom(2), numpyRandom(2)];
    const { order, seed } = drawPass(makeTask({ block }), random);
    assert.deepEqual(order, permutation(same, 700));
    assert.equal(seed, integer(same, 0, 0x7fffffff));
    assert.deepEqual(random.state(), same.state());
  }
});

test("drawBlocks() gives the last block what is left, and one empty block where there is nothing", () => {
  const blocks = [...drawBlocks(10, numpyRandom(1), 4)].sort((a, b) => a.from - b.from);
  assert.deepEqual(blocks, [{ from: 0, count: 4 }, { from: 4, count: 4 }, { from: 8, count: 2 }]); // prettier-ignore
  assert.deepEqual([...drawBlocks(0, numpyRandom(1))], [{ from: 0, count: 0 }]);
  assert.deepEqual([...drawBlocks(0, numpyRandom(1), 4)], [{ from: 0, count: 0 }]);
});
