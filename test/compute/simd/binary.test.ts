import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { againstCpu, draw, kernel, randomShape, tensorOf } from "./against";
import { pick, seededRandom, type Random } from "../../../lib/random";

const NAMES = ["Add", "Sub", "Multiply", "RealDiv", "Maximum", "Minimum", "SquaredDifference"].concat(
  ["Greater", "GreaterEqual", "Less", "LessEqual", "Equal", "NotEqual"],
  ["Prelu", "Mod", "FloorDiv"],
);

/** One of each loop, tried on large shapes too. */
const WHOLE = ["Add", "Greater"];

/** The operands' names, in order. */
const INPUTS: Record<string, [string, string]> = { Prelu: ["x", "alpha"] };

/** The shape with some axes of length one, and perhaps without the first ones. */
function thin(random: Random, shape: number[]): number[] {
  const kept = random.uniform() < 0.3 ? shape.slice(Math.floor(random.uniform() * (shape.length + 1))) : shape;
  return kept.map((size) => (random.uniform() < 0.4 ? 1 : size));
}

const SHAPES: [number[], number[]][] = [
  [[50_001], [50_001]],
  [[50_001], []],
  [[1, 1], [33_000]],
  [[3, 20, 11, 32], [32]],
  [[3], [9000, 3]],
  [[70, 511], [511]],
  [[40, 700], [700]],
  [
    [3000, 10],
    [3000, 1],
  ],
  [
    [1, 130],
    [150, 1],
  ],
  [
    [13, 1, 40],
    [17, 1],
  ],
  [
    [2, 3, 1, 5, 1, 7],
    [3, 4, 1, 6, 1],
  ],
  [[5, 0], [1]],
  [[0], []],
  [[1], [1, 1, 1]],
  [[], []],
];

for (const name of NAMES)
  test(`${name} does what the cpu kernel does, operands spread in any way`, async () => {
    const random = seededRandom(2);
    const [first, second] = INPUTS[name] ?? ["a", "b"];
    const pairs = WHOLE.includes(name) ? [...SHAPES] : [];
    for (let i = 0; i < 30; i++) {
      const shape = randomShape(random, { rank: 6, most: 5 });
      pairs.push([thin(random, shape), thin(random, shape)]);
    }
    for (const [one, other] of pairs) {
      const [a, b] = [draw(random, one, { odd: 0.1 }), draw(random, other, { odd: 0.1 })];
      if (random.uniform() < 0.5) a.values.forEach((_, i) => (a.values[i] = pick(random, [0, 1, 2, NaN])));
      if (random.uniform() < 0.5) b.values.forEach((_, i) => (b.values[i] = pick(random, [0, 1, 2])));
      await againstCpu(`[${one}] and [${other}]`, () => kernel(name, { [first]: tensorOf(a), [second]: tensorOf(b) }));
    }
  });

const WHOLES = [0, 1, -1, 2, 3, -7, 1000, -99999, 2 ** 26, -(2 ** 26) - 1, 2 ** 31 - 1, -(2 ** 31), 123456789];

for (const name of ["Add", "Sub", "Multiply", "Maximum", "Minimum", "Mod", "FloorDiv"])
  test(`${name} of whole numbers does what the cpu kernel does, operands spread in any way`, async () => {
    const random = seededRandom(3);
    const whole = (shape: number[], from: number[]) =>
      tf.util.toTypedArray(
        Array.from({ length: tf.util.sizeFromShape(shape) }, () => pick(random, from)),
        "int32",
      );
    const pairs = [...SHAPES];
    for (let i = 0; i < 10; i++) {
      const shape = randomShape(random, { rank: 5, most: 5 });
      pairs.push([thin(random, shape), thin(random, shape)]);
    }
    for (const [one, other] of pairs)
      for (const from of [WHOLES, WHOLES.slice(0, 8)]) {
        const [a, b] = [whole(one, from), whole(other, from)];
        const inputs = () => ({ a: tf.tensor(a, one, "int32"), b: tf.tensor(b, other, "int32") });
        await againstCpu(`[${one}] and [${other}]`, () => kernel(name, inputs()), { relative: 0 });
      }
  });

for (const name of ["Mod", "FloorDiv"])
  test(`${name} does what the cpu kernel does for every two odd numbers`, async () => {
    const odd = [0, -0, 1, -1, 0.5, -0.1, 3, -7, 1e-42, 1e-30, -1e10, 16777215, 2 ** 31, 3e38, -3e38, Infinity, -Infinity]; // prettier-ignore
    const numbers = [...odd, NaN];
    const [a, b] = [numbers.flatMap((x) => numbers.map(() => x)), numbers.flatMap(() => numbers)];
    await againstCpu("pairs", () => kernel(name, { a: tf.tensor1d(a), b: tf.tensor1d(b) }), { relative: 0 });
    for (let i = 0; i < a.length; i++)
      await againstCpu(`${a[i]} and ${b[i]}`, () => kernel(name, { a: tf.tensor1d([a[i], 5, 5, 5]), b: tf.tensor1d([b[i], 3, 3, 3]) })); // prettier-ignore
  });

test("binary kernels leave truths, comparisons of whole numbers and mixed types to the cpu kernels", async () => {
  await againstCpu("int32 and bool", () => [
    tf.equal(tf.tensor1d([1, 2], "int32"), tf.tensor1d([3, 2], "int32")),
    tf.mul(tf.tensor1d([1, 0], "bool"), tf.tensor1d([1, 1], "bool")),
    kernel("Add", { a: tf.tensor1d([1, 0], "int32"), b: tf.tensor1d([1.5, 1]) }),
  ]);
});

test("Add refuses shapes that cannot be brought together, in the words of the cpu kernel", async () => {
  for (const backend of ["cpu", "simd-1"]) {
    await tf.setBackend(backend);
    assert.throws(() => kernel("Add", { a: tf.zeros([2, 3]), b: tf.zeros([2, 4]) }), {
      message: "Operands could not be broadcast together with shapes 2,3 and 2,4.",
    });
  }
});
