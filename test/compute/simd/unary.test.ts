import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { againstCpu, draw, kernel, randomShape, tensorOf } from "./against";
import { seededRandom } from "../../../lib/random";
import { unary } from "../../../lib/compute/simd/kernels/unary";

const ATTRIBUTES: Record<string, object> = {
  LeakyRelu: { alpha: 0.3 },
  Step: { alpha: 0.25 },
  ClipByValue: { clipValueMin: -0.7, clipValueMax: 0.1 },
};

for (const name of Object.keys(unary))
  test(`${name} does what the cpu kernel does, for any shape and odd numbers`, async () => {
    const random = seededRandom(1);
    const shapes = [[40_001], [0], [], ...Array.from({ length: 15 }, () => randomShape(random))];
    for (const shape of shapes) {
      const x = draw(random, shape, { odd: 0.2 });
      await againstCpu(`[${shape}]`, () => kernel(name, { x: tensorOf(x) }, ATTRIBUTES[name]), {
        absolute: name === "Erf" ? 4e-7 : 1e-15, // that of cpu is an approximation to 1.5e-7
      });
    }
  });

for (const name of Object.keys(unary))
  test(`${name} does with whole numbers what the cpu kernel does`, async () => {
    await againstCpu("int32", () =>
      kernel(name, { x: tf.tensor1d([-3, -1, 0, 1, 2, 100], "int32") }, ATTRIBUTES[name]),
    );
  });

test("Neg, Abs and Square of many whole numbers are whole", async () => {
  const x = Int32Array.from({ length: 40_003 }, (_, i) => (i - 20_000) * (i % 3));
  for (const name of ["Neg", "Abs", "Square"])
    for (const shape of [[40_003], [0]])
      await againstCpu(name, () => kernel(name, { x: tf.tensor(x.slice(0, shape[0]), shape, "int32") }));
});

const EXACT: Record<string, (x: number) => number> = {
  Exp: Math.exp,
  Expm1: Math.expm1,
  Log: Math.log,
  Log1p: Math.log1p,
  Sigmoid: (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  Tanh: Math.tanh,
  Sin: Math.sin,
  Cos: Math.cos,
  Tan: Math.tan,
  Atan: Math.atan,
  Sinh: Math.sinh,
  Cosh: Math.cosh,
};

test("Erf is within 4e-7 of its size", async () => {
  await againstCpu("the backend is there", () => tf.relu(tf.scalar(1)));
  await tf.setBackend("simd-1");
  const x = Float32Array.from({ length: 5001 }, (_, i) => (i - 2500) / 500);
  const y = tf.tidy(() => kernel("Erf", { x: tf.tensor1d(x) }).dataSync());
  x.forEach((value, i) => {
    const want = erf(value);
    assert.ok(Math.abs(y[i] - want) <= 4e-7 * Math.abs(want), `Erf(${value}) is ${y[i]}, not ${want}`);
  });
});

/** By its Taylor series in double precision. */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

for (const [name, exact] of Object.entries(EXACT))
  test(`${name} is within two units in the last place over all of float32`, async () => {
    await againstCpu("the backend is there", () => tf.relu(tf.scalar(1)));
    await tf.setBackend("simd-1");
    const bits = Uint32Array.from({ length: 60_000 }, (_, i) => i * 71_582);
    const x = new Float32Array(bits.buffer);
    const y = tf.tidy(() => kernel(name, { x: tf.tensor1d(x) }).dataSync());
    x.forEach((value, i) => {
      const want = exact(value);
      if (!Number.isFinite(Math.fround(want))) return assert.equal(y[i], Math.fround(want), `${name}(${value})`);
      assert.ok(Math.abs(y[i] - want) <= 2 * unit(want), `${name}(${value}) is ${y[i]}, not ${want}`);
    });
  });

for (const name of ["Sin", "Cos", "Tan"])
  test(`${name} is within two units in the last place next to multiples of a quarter turn`, async () => {
    await againstCpu("the backend is there", () => tf.relu(tf.scalar(1)));
    await tf.setBackend("simd-1");
    const turns = Array.from({ length: 20_000 }, (_, i) => (i < 10_000 ? i : i ** 2 * 0.2 + i) * (i % 2 ? 1 : -1));
    const x = Float32Array.from(turns, (turn) => Math.round(turn) * (Math.PI / 2));
    const y = tf.tidy(() => kernel(name, { x: tf.tensor1d(x) }).dataSync());
    x.forEach((value, i) => {
      const want = EXACT[name](value);
      assert.ok(Math.abs(y[i] - want) <= 2 * unit(want), `${name}(${value}) is ${y[i]}, not ${want}`);
    });
  });

test("an odd neighbour leaves a number's sine as it is", async () => {
  await againstCpu("the backend is there", () => tf.relu(tf.scalar(1)));
  await tf.setBackend("simd-1");
  const alone = tf.tidy(() => tf.sin(tf.tensor1d([0.3, -0, 1e5, -7e6])).dataSync());
  const beside = tf.tidy(() => tf.sin(tf.tensor1d([0.3, -0, 1e5, NaN, 1e30, Infinity, -7e6, 1e9])).dataSync());
  assert.deepEqual([beside[0], beside[1], beside[2], beside[6]], [...alone]);
});

/** The unit in the last place of a float32. */
function unit(value: number): number {
  return Math.max(2 ** (Math.floor(Math.log2(Math.abs(value))) - 23), 2 ** -149);
}
