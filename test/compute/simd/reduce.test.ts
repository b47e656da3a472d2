import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { againstCpu, draw, kernel, numbers, randomShape, tensorOf, type Draw } from "./against";
import { integer, pick, seededRandom, type Random } from "../../../lib/random";

const NAMES = ["Sum", "Mean", "Prod", "Max", "Min"];

/** The shape and the axes. */
const CASES: [number[], number[]][] = [
  [[100_003], [0]],
  [[5000, 30], [0]],
  [[5000, 30], [1]],
  [[3, 40_000], [1]],
  [[20_000, 3], [0]],
  [[9, 5000], [0]],
  [[4, 700, 33], [1]],
  [[2, 9000, 3], [1]],
  [[40, 49, 10], [1]],
  [
    [8, 6, 30, 20],
    [0, 2, 3],
  ],
  [
    [8, 7, 6, 5],
    [0, 2],
  ],
  [
    [8, 7, 6, 5],
    [1, 3],
  ],
  [[3, 1, 4], [1]],
  [[7], []],
  [[], []],
];

function attributes(name: string, axes: number[], keepDims: boolean): object {
  return name === "Max" ? { reductionIndices: axes, keepDims } : { axis: axes, keepDims };
}

function axesOf(random: Random, shape: number[]): number[] {
  return shape.map((_, axis) => axis).filter(() => random.uniform() < 0.5);
}

/** Sums are compared by the size of what is summed. */
function scaleOf(name: string, x: Draw): number {
  if (name !== "Sum" && name !== "Mean") return 0;
  const sum = x.values.reduce((total, value) => total + (Number.isFinite(value) ? Math.abs(value) : 0), 0);
  return 2e-7 * (name === "Sum" ? sum : 10);
}

for (const name of NAMES)
  test(`${name} does what the cpu kernel does, over any axes`, async () => {
    const random = seededRandom(9);
    const cases = [...CASES];
    for (let i = 0; i < 25; i++) {
      const shape = randomShape(random, { rank: 5, most: 6, empty: 0.04 });
      cases.push([shape, axesOf(random, shape)]);
    }
    for (const [shape, axes] of cases) {
      const x = draw(random, shape);
      if (name === "Prod") x.values.forEach((value, i) => (x.values[i] = 1 + value / 50));
      else if (random.uniform() < 0.3) x.values.fill(pick(random, [NaN, Infinity, -Infinity]), 0, 1);
      const attrs = attributes(name, axes, random.uniform() < 0.5);
      await againstCpu(`[${shape}] over [${axes}]`, () => kernel(name, { x: tensorOf(x) }, attrs), {
        absolute: scaleOf(name, x),
      });
    }
  });

test("Sum of many numbers is as good as pairwise sums in float32", async () => {
  await againstCpu("the backend is there", () => tf.sum(tf.scalar(1)));
  await tf.setBackend("simd-2");
  const random = seededRandom(10);
  for (const shape of [[1_000_000], [100_000, 10]]) {
    const values = numbers(random, 1_000_000).map((value) => Math.abs(value) + 1);
    const width = shape[1] ?? 1;
    const sums = tf.tidy(() => tf.sum(tf.tensor(values, shape), 0).dataSync());
    for (let column = 0; column < width; column++) {
      let exact = 0;
      for (let i = column; i < values.length; i += width) exact += values[i];
      assert.ok(Math.abs(sums[column] - exact) <= 2e-7 * exact, `${sums[column]} instead of ${exact}`);
    }
  }
});

test("sums of numbers near the end of float32 are as on cpu, which adds in float64", async () => {
  const large = Float32Array.from({ length: 4000 }, (_, i) => (i % 4 < 2 ? 3e38 : -3e38));
  await againstCpu("both signs", () => [tf.sum(tf.tensor1d(large)), tf.sum(tf.tensor(large, [400, 10]), 0)]);
  await againstCpu("one sign", () => [
    tf.mean(tf.fill([100], 3e38)),
    tf.mean(tf.fill([40, 3], 3e38), 0),
    tf.sum(tf.fill([40, 3], 3e38), 0),
  ]);
});

test("reductions leave whole numbers to the cpu kernels", async () => {
  await againstCpu("int32", () => {
    const x = tf.tensor2d([1, -2, 3, 4], [2, 2], "int32");
    return [tf.sum(x, 0), tf.mean(x, 1), tf.max(x), tf.min(x, 0), tf.prod(x, 1), tf.argMax(x, 1), tf.argMin(x, 0)];
  });
});

test("argMax and argMin find the first place, along any axis, as cpu does", async () => {
  const random = seededRandom(11);
  const shapes = [[50_000], [3000, 10], [10, 3000], [4, 5, 600], [1], [5, 1, 3]];
  for (let i = 0; i < 30; i++) shapes.push([1 + integer(random, 0, 40), ...randomShape(random, { rank: 3 })]);
  for (const shape of shapes) {
    const x = draw(random, shape, { odd: random.uniform() < 0.5 ? 0.2 : 0 });
    if (random.uniform() < 0.5) x.values.forEach((value, i) => (x.values[i] = Math.round(value)));
    const axis = integer(random, 0, shape.length);
    if (tf.util.sizeFromShape(shape) === 0) continue;
    await againstCpu(`[${shape}] along ${axis}`, () => [tf.argMax(tensorOf(x), axis), tf.argMin(tensorOf(x), axis)]);
  }
});
