import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, normal, numpyRandom, permutation, pick, seededRandom, shuffle } from "../lib/random";
import numpy from "./fixtures/numpy.json";

const times = <T>(length: number, draw: () => T): T[] => Array.from({ length }, draw);

test("numpyRandom() draws what NumPy's RandomState draws, for six seeds", () => {
  for (const expected of numpy.generators) {
    const fresh = () => numpyRandom(expected.seed);
    const [words, doubles, digits, sales, items] = [fresh(), fresh(), fresh(), fresh(), fresh()];
    assert.deepEqual(times(8, words.uint32), expected.uint32);
    assert.deepEqual(times(5, doubles.uniform), expected.uniform);
    const draws = (random: typeof digits, low: number, high: number) => () => integer(random, low, high);
    assert.deepEqual(times(20, draws(digits, 0, 10)), expected.randint10);
    assert.deepEqual(times(10, draws(sales, 100, 1000)), expected.randint100to999);
    assert.deepEqual(times(10, draws(items, 0, 60000)), expected.randint60000);
  }
});

test("numpyRandom() stays with NumPy when its 624 words are used up", () => {
  for (const expected of numpy.generators) {
    const random = numpyRandom(expected.seed);
    times(700, random.uniform);
    assert.deepEqual(times(3, random.uniform), expected.uniformAfter700);
  }
});

test("permutation() shuffles as NumPy's RandomState.permutation does", () => {
  for (const { seed, permutation: expected } of numpy.generators)
    for (const [length, order] of Object.entries(expected))
      assert.deepEqual([...permutation(numpyRandom(seed), Number(length))], order);
});

test("seededRandom() draws the published sfc32 sequence", () => {
  // From an implementation in Python's unbounded integers: seeds as in PractRand, 12 rounds of warm-up.
  assert.deepEqual(times(4, seededRandom(42).uint32), [1264412219, 1947509147, 3919439299, 1251167922]);
  assert.deepEqual(times(3, seededRandom(-1).uint32), [3339006752, 3678934910, 3081961671]);
  assert.deepEqual(times(3, seededRandom(0).uint32), [1363572419, 145230303, 808754475]);
});

test("state() lets either generator go on where it stood", () => {
  for (const make of [seededRandom, numpyRandom]) {
    const random = make(5);
    times(1000, random.uint32);
    const state = random.state();
    const expected = times(700, random.uint32);
    assert.deepEqual(times(700, make(99, state).uint32), expected);
    assert.throws(() => make(5, [1, 2]), {
      name: "TypeError",
      message: /^a generator's state: got 2 words, wanted \d+; pass what state\(\) returned$/,
    });
  }
});

test("uniform(), normal() and integer() have the moments of their distributions", () => {
  const random = seededRandom(1);
  const moments = (values: number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length];
  };
  const near = ([mean, variance]: number[], [wantedMean, wantedVariance]: number[], tolerance: number) => {
    assert.ok(Math.abs(mean - wantedMean) < tolerance, `mean ${mean}, wanted ${wantedMean}`);
    assert.ok(Math.abs(variance - wantedVariance) < tolerance, `variance ${variance}, wanted ${wantedVariance}`);
  };
  const count = 100_000;
  near(moments(times(count, random.uniform)), [1 / 2, 1 / 12], 0.005);
  near(moments(times(count, () => normal(random))), [0, 1], 0.02);
  near(moments(times(count, () => integer(random, -2, 3))), [0, 2], 0.03);
});

test("integer() reaches both ends of its range and none beyond", () => {
  const random = seededRandom(3);
  const seen = new Set(times(1000, () => integer(random, -1, 4)));
  assert.deepEqual([...seen].sort(), [-1, 0, 1, 2, 3]);
  assert.equal(integer(random, 7, 8), 7);
  assert.ok(times(50, () => integer(random, 0, 2 ** 32)).some((value) => value > 2 ** 31));
  for (const [low, high] of [
    [0, 0],
    [3, 2],
    [0, 1.5],
    [0.5, 3.5],
    [0, 2 ** 32 + 1],
  ])
    assert.throws(() => integer(random, low, high), {
      name: "RangeError",
      message: `integer(): low ${low} and high ${high} must be integers with low < high <= low + 2^32`,
    });
});

test("shuffle() and pick() give every order and element its share", () => {
  const random = seededRandom(4);
  const orders = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = shuffle(random, ["a", "b", "c"]).join("");
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  assert.equal(orders.size, 6);
  for (const count of orders.values()) assert.ok(Math.abs(count - 1000) < 150, `${count} of 6000`);
  const picked = times(3000, () => pick(random, ["a", "b", "c"])).filter((letter) => letter === "c").length;
  assert.ok(Math.abs(picked - 1000) < 150, `${picked} of 3000`);
  assert.throws(() => pick(random, []), { message: "pick(): the list is empty; give at least one element" });
});

test("seededRandom() and numpyRandom() refuse seeds they cannot take", () => {
  assert.throws(() => seededRandom(0.5), { name: "RangeError", message: "seededRandom(): seed 0.5 is not an integer" });
  for (const seed of [-1, 2 ** 32, 1.5])
    assert.throws(() => numpyRandom(seed), {
      name: "RangeError",
      message: `numpyRandom(): seed ${seed} is not an integer from 0 to 2^32 - 1`,
    });
});
