import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { againstCpu, draw, kernel, tensorOf, type Draw } from "./against";
import { pick, seededRandom, type Random } from "../../../lib/random";

const ODD = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 7, 2.5, -2.5, 64, -63, 65, 1e-42, -1e-42, 1e10, 16777215, 3e38]
  .concat([-3e38, 1e-30, -1e-30, 0.9999999403953552, 1.0000001192092896, Infinity, -Infinity, NaN]); // prettier-ignore

/** Numbers of which powers are neither all infinite nor all 0, and odd ones. */
function drawBases(random: Random, shape: number[]): Draw {
  const { values } = draw(random, shape);
  return {
    values: values.map((x) => (random.uniform() < 0.2 ? pick(random, ODD) : Math.exp(x) * Math.sign(x))),
    shape,
  };
}

function drawExponents(random: Random, shape: number[]): Draw {
  const { values } = draw(random, shape);
  return { values: values.map((y) => pick(random, [y, Math.round(3 * y), pick(random, ODD)])), shape };
}

for (const exponent of ODD)
  test(`Pow by ${Object.is(exponent, -0) ? "-0" : exponent} does what the cpu kernel does`, async () => {
    const random = seededRandom(3);
    for (const shape of [[40_001], [3, 5], [1], [], [0], [2, 0]]) {
      const x = drawBases(random, shape);
      await againstCpu(`[${shape}]`, () => kernel("Pow", { a: tensorOf(x), b: tf.scalar(exponent, "float32") }));
    }
  });

test("Pow does what the cpu kernel does for every two odd numbers", async () => {
  const bases = ODD.flatMap((x) => ODD.map(() => x));
  const exponents = ODD.flatMap(() => ODD);
  await againstCpu("pairs", () => kernel("Pow", { a: tf.tensor1d(bases), b: tf.tensor1d(exponents) }));
});

test("Pow does what the cpu kernel does, operands spread in any way", async () => {
  const random = seededRandom(4);
  const shapes: [number[], number[]][] = [[[50_001], [50_001]], [[30, 40], [40]], [[30, 1], [40]], [[], [900]]]; // prettier-ignore
  shapes.push([[7], [1, 1]], [[5, 0], [1]], [[1], [0]], [[2, 3, 1, 5], [3, 4, 1]]); // prettier-ignore
  for (const [one, other] of shapes) {
    const [x, y] = [drawBases(random, one), drawExponents(random, other)];
    await againstCpu(`[${one}] and [${other}]`, () => kernel("Pow", { a: tensorOf(x), b: tensorOf(y) }));
  }
});

test("Pow leaves whole numbers to the cpu kernel", async () => {
  await againstCpu("int32", () => tf.pow(tf.tensor1d([1, 2, -3], "int32"), tf.tensor1d([3, 4, 2], "int32")));
});

test("Pow is rounded all but rightly", async () => {
  await againstCpu("the backend is there", () => tf.relu(tf.scalar(1)));
  await tf.setBackend("simd-1");
  const random = seededRandom(5);
  const [x, y] = [drawBases(random, [40_000]).values.map(Math.abs), drawExponents(random, [40_000]).values];
  const powers = tf.tidy(() => kernel("Pow", { a: tf.tensor1d(x), b: tf.tensor1d(y) }).dataSync());
  const wrong = powers.filter((power, i) => power !== Math.fround(Math.pow(x[i], y[i])) && !Number.isNaN(power));
  assert.ok(wrong.length < 20, `${wrong.length} of ${powers.length} are not the nearest float32`);
});
