import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../../lib/random";
import { buildCoo } from "../../../lib/recommend/coo";
import { splitByTime } from "../../../lib/recommend/splits/splitByTime";
import { pairsOf, timedInteractions } from "./splits";

test("splitByTime() trains on what came before, and holds out new pairs from then on", () => {
  const { interactions, times } = timedInteractions(seededRandom(1));
  for (const options of [{ testShare: 0.3 }, { from: 80 }]) {
    const { train, test: held } = splitByTime(interactions, times, options);
    const trained = new Set(pairsOf(train));
    const timeOf = (value: number) => times[value - 1];
    const cut = options.from ?? Math.max(...[...train.values].map(timeOf)) + 1;
    assert.ok([...train.values].every((value) => timeOf(value) < cut));
    const late = pairsOf(interactions).filter((pair, place) => times[place] >= cut && !trained.has(pair));
    assert.deepEqual(pairsOf(held), late);
    assert.equal(train.values.length, times.filter((time) => time < cut).length);
  }
});

test("splitByTime() cuts off the share asked for where no two times are the same", () => {
  const shape = { rows: 1, columns: 10, rowIndices: new Array(10).fill(0), columnIndices: [...Array(10).keys()] };
  const held = (testShare: number) => [...splitByTime(buildCoo(shape), [9, 8, 7, 6, 5, 4, 3, 2, 1, 0], { testShare }).test.columnIndices]; // prettier-ignore
  for (let count = 1; count < 10; count++) assert.deepEqual(held(count / 10), [...Array(count).keys()]);
  assert.deepEqual(held(0.15), [0, 1]);
});

test("splitByTime() refuses times and cuts that do not work", () => {
  const { interactions, times } = timedInteractions(seededRandom(1));
  assert.throws(() => splitByTime(interactions, [1, 2]), {
    name: "TypeError",
    message: "splitByTime(): 2 times for 300 interactions; give one for each, in their order",
  });
  assert.throws(() => splitByTime(interactions, [NaN, ...times.slice(1)]), {
    name: "RangeError",
    message: "splitByTime(): time 0 is NaN; wanted a finite number; drop or replace it",
  });
  assert.throws(() => splitByTime(interactions, times, { from: 1000 }), {
    name: "RangeError",
    message: "splitByTime(): 300 interactions before 1000 and 0 new ones from then on; cut where both sides have some",
  });
  assert.throws(() => splitByTime(interactions, times, { testShare: 1 }), /testShare 1 is not between 0 and 1/);
});
